/** Gone with what they hold. */
const nothing = 'script, style, template, iframe, object, embed, svg, math, img, video, audio, canvas, input, button, select, textarea, noscript, title, head';

/**
 * What other programs put on the clipboard, before the editor reads it with the rules of a message: bold and italic said by styles become
 * bold and italic, cells stay apart, and nothing is left that could run, load or decorate. It is read in a document that runs nothing; our
 * content security policy would refuse it too.
 */
export function cleanPasted(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html;
  const { content } = template;
  for (const gone of content.querySelectorAll(nothing)) gone.remove();
  for (const element of content.querySelectorAll('*')) {
    if (element.matches('td, th') && element.nextElementSibling) element.append(' ');
    if (element.matches('tr')) element.append(document.createElement('br'));
    sayStyle(element);
    for (const name of element.getAttributeNames()) if (!isKept(element, name)) element.removeAttribute(name);
  }
  return template.innerHTML;
}

/** The editor marks what it copies itself, to put it back whole. */
function isKept(element: Element, name: string): boolean {
  return name === 'data-pm-slice' || (name === 'href' && element.localName === 'a') || (name === 'start' && element.localName === 'ol');
}

/** Word processors on the web write `<b style="font-weight:normal">` around everything, and bold in spans. */
function sayStyle(element: Element): void {
  const style = element.getAttribute('style') ?? '';
  if (style === '') return;
  const weight = /(?:^|;)\s*font-weight:\s*(\w+)/iu.exec(style)?.[1];
  const light = weight === 'normal' || Number(weight) < 600;
  if (element.matches('b, strong') && light) element.replaceWith(...element.childNodes);
  else if (element.matches('span') && (weight === 'bold' || Number(weight) >= 600)) wrapContent(element, 'strong');
  if (element.matches('span') && /(?:^|;)\s*font-style:\s*italic/iu.test(style)) wrapContent(element, 'em');
}

function wrapContent(element: Element, name: string): void {
  const wrapper = document.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}
