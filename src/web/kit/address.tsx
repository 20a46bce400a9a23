/** An e-mail address that may break before its «@» and nowhere else. */
export function Address({ address }: { address: string }) {
  const at = address.lastIndexOf('@');
  if (at < 1) return <span class="any">{address}</span>;
  return (
    <span class="addr">
      <span>{address.slice(0, at)}</span>
      <wbr />
      <span>{address.slice(at)}</span>
    </span>
  );
}
