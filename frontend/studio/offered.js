// Only what the engine runs is offered: palette, context pad, append and replace menus leave out the rest.
// What a diagram of another tool already holds stays, and the check names it.
const REFUSED =
  /(script|complex|transaction|ad-hoc|adhoc|event-subprocess|conditional|compensation|cancel-|link-|multiple|data-store|call-conversation|choreography)/;
// A process begins by being opened; it ends plainly, or tells by a message, signal, error or escalation.
const NO_STARTS = /^replace-with-(message|timer|signal|conditional|error|escalation|compensation)-start|non-interrupting-.*-start/;
const GROUPS = ["bpmn:Group"];

const left = (entries, refused) => Object.fromEntries(Object.entries(entries).filter(([name]) => !refused(name)));

class Offered {
  constructor(palette, contextPad, popupMenu) {
    palette.registerProvider(100, this);
    contextPad.registerProvider(100, this);
    for (const menu of ["bpmn-replace", "bpmn-append", "bpmn-create"]) popupMenu.registerProvider(menu, 100, this);
  }

  getPaletteEntries() {
    return (entries) => left(entries, (name) => REFUSED.test(name) || name === "create.group");
  }

  getContextPadEntries() {
    return (entries) => left(entries, (name) => REFUSED.test(name));
  }

  getPopupMenuEntries(target) {
    return (entries) => left(entries, (name) => REFUSED.test(name) || NO_STARTS.test(name) || GROUPS.includes(target?.type));
  }

  // Loops and lists are properties of the panel; marks that the engine refuses are not to be set by a click.
  getPopupMenuHeaderEntries() {
    return (entries) => left(entries, (name) => ["toggle-adhoc", "toggle-is-compensation"].includes(name));
  }
}
Offered.$inject = ["palette", "contextPad", "popupMenu"];

export default { __init__: ["eperizinanOffered"], eperizinanOffered: ["type", Offered] };
