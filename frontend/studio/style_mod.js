// Styles of the code editor inside dmn-js. Its own way writes <style> elements, which the page's policy forbids;
// a constructed sheet is no element, and the policy has nothing against it.
import { StyleModule } from "../../node_modules/style-mod/src/style-mod.js";

const mounted = new WeakMap(); // document or shadow root -> {sheet, modules}

StyleModule.mount = (root, modules) => {
  if (!mounted.has(root)) {
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    mounted.set(root, { sheet, modules: [] });
  }
  const found = mounted.get(root);
  const fresh = (Array.isArray(modules) ? modules : [modules]).filter((one) => !found.modules.includes(one));
  if (!fresh.length) return;
  found.modules.push(...fresh);
  found.sheet.replaceSync(found.modules.map((one) => one.getRules()).join("\n"));
};

export { StyleModule };
