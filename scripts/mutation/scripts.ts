import { createRequire } from 'node:module';
import { isModuleNamespaceObject } from 'node:util/types';
import { Script as Compiled } from 'node:vm';

type Require = (name: string) => unknown;
type Wrapped = (require: Require, module: { exports: unknown }, importIt: typeof asImported) => void;

/**
 * Loads a file of ours with all it imports, afresh at every call, as jest does for every test file. Packages stay
 * loaded. `standIns` are given for the packages of their names.
 */
export function createLoader(codes: Readonly<Record<string, string>>, standIns: Record<string, unknown>) {
  const compiled = new Map<string, Wrapped>();
  return (entry: string): void => {
    const loaded = new Map<string, { exports: unknown }>();
    const load = (file: string): unknown => {
      const known = loaded.get(file);
      if (known) return known.exports;
      const module = { exports: {} as unknown };
      loaded.set(file, module);
      wrapped(file)(requireFrom(file), module, asImported);
      return module.exports;
    };
    const requireFrom = (file: string): Require => {
      const required = createRequire(file);
      return (name) => {
        if (!(name in codes)) return standIns[name] ?? (required(name) as unknown);
        const exports = load(name) as object;
        ours.add(exports);
        return exports;
      };
    };
    load(entry);
  };

  function wrapped(file: string): Wrapped {
    let known = compiled.get(file);
    if (!known) {
      const code = `(function (require, module, __import) {${codes[file]}\n})`;
      known = new Compiled(code, { filename: file }).runInThisContext() as Wrapped;
      compiled.set(file, known);
    }
    return known;
  }
}

/** What files of ours export, which is as Node has it. */
const ours = new WeakSet<object>();
const imported = new WeakMap<object, object>();

/** What Node's `import` gives of a module: of one in CommonJS all it exports is the default as well. */
function asImported(module: object): object {
  if (isModuleNamespaceObject(module) || ours.has(module)) return module;
  const known = imported.get(module);
  if (known) return known;
  const made = { default: module };
  for (const name of Object.keys(module)) {
    if (name === 'default') continue;
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => (module as Record<string, unknown>)[name],
    });
  }
  imported.set(module, made);
  return made;
}
