// dependency-cruiser parses with the JavaScript API of TypeScript, which TypeScript 7 does not have any more:
// for it "typescript" is TypeScript 6, installed under the name typescript-api. Given to node with --import.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const forCruiser = /^typescript(\/|$)/.test(specifier) && context.parentURL?.includes('/node_modules/dependency-cruiser/');
    return nextResolve(forCruiser ? specifier.replace('typescript', 'typescript-api') : specifier, context);
  },
});
