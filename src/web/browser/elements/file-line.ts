const svg = 'http://www.w3.org/2000/svg';

type Line = { name: string; state: string; remove: string; onRemove: () => void };

/** One chosen file, as the server draws them: icon, name, state, and a way to remove it. */
export function fileLine({ name, state, remove, onRemove }: Line): HTMLLIElement {
  const line = document.createElement('li');
  line.className = 'up';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'iconbtn';
  button.setAttribute('aria-label', remove);
  button.append(icon('x'));
  button.addEventListener('click', onRemove);
  line.append(icon('file'), text('nm', name), text('st', state), button);
  return line;
}

function text(className: string, content: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = content;
  return span;
}

function icon(name: string): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('class', 'i');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `#i-${name}`);
  drawing.append(use);
  return drawing;
}
