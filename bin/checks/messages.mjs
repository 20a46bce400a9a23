// Catalogues of messages: the same keys and values in both languages, no key missing, none unused.
import { pathToFileURL } from 'node:url';
import ts from 'typescript-api';
import { inProject } from '../launch/project.mjs';
import { isTest, parsedSources, placeOf, walk } from './parsed-sources.mjs';

const isCatalogue = (path) => /^src\/messages\/(?:fr|en)(?:[/.]|-)/.test(path);

export async function checkMessages() {
  const { fr } = await load('fr');
  const { en } = await load('en');
  const sources = parsedSources('src').filter(({ path }) => !isTest(path) && !isCatalogue(path));
  return [...differences(fr, en), ...usageFaults(Object.keys(fr), sources)];
}

function load(language) {
  return import(pathToFileURL(inProject('src', 'messages', `${language}.ts`)).href);
}

function differences(fr, en) {
  const faults = [];
  for (const key of Object.keys(fr)) if (!(key in en)) faults.push(`${key} is missing in English`);
  for (const key of Object.keys(en)) if (!(key in fr)) faults.push(`${key} is missing in French`);
  for (const key of Object.keys(fr)) {
    if (!(key in en)) continue;
    const [french, english] = [valuesOf(fr[key]), valuesOf(en[key])];
    if (french !== english) faults.push(`${key} has the values {${french}} in French and {${english}} in English`);
  }
  return faults;
}

/** The names between braces; `count` may be left unsaid («un message») where it chose the form. */
function valuesOf(entry) {
  const texts = typeof entry === 'string' ? [entry] : Object.values(entry);
  const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  return [...new Set(names)]
    .filter((name) => name !== 'count')
    .sort()
    .join(', ');
}

function usageFaults(keys, sources) {
  const catalogue = { keys, known: new Set(keys), areas: new Set(keys.map((key) => key.slice(0, key.indexOf('.')))) };
  const used = new Set();
  const faults = [];
  for (const source of sources) {
    walk(source.tree, (node) => {
      const usage = usageOf(node, catalogue);
      for (const key of usage?.keys ?? []) used.add(key);
      if (usage?.keys.length === 0) faults.push(`${placeOf(source, node)} there is no message ${node.getText()}`);
    });
  }
  return [...faults, ...keys.filter((key) => !used.has(key)).map((key) => `${key} is used nowhere`)];
}

/** The keys that a piece of code names: none is a fault; undefined when it is about something else. */
function usageOf(node, { keys, known, areas }) {
  if (ts.isStringLiteralLike(node)) {
    if (known.has(node.text)) return { keys: [node.text] };
    return isTranslated(node) ? { keys: [] } : undefined;
  }
  if (!ts.isTemplateExpression(node) || !node.head.text.includes('.') || !areas.has(node.head.text.split('.')[0])) return undefined;
  const pattern = patternOf(node);
  return { keys: keys.filter((key) => pattern.test(key)) };
}

/** `refusal.${code}` stands for every key that begins so: a computed key declares its prefix by being written as a template. */
function patternOf(template) {
  const rest = template.templateSpans.map((span) => `.+${RegExp.escape(span.literal.text)}`).join('');
  return new RegExp(`^${RegExp.escape(template.head.text)}${rest}$`);
}

/** The first argument of `t(…)`, `view.t(…)` or `t.rich(…)`. */
function isTranslated(node) {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  return /(?:^|\.)t(?:\.rich)?$/.test(parent.expression.getText());
}
