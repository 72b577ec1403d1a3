// Several changes of a drawing that are one for whoever takes them back.
const COMMAND = "eperizinan.together";

function All() {}
All.prototype.preExecute = (context) => (context.made = context.act());

class Together {
  constructor(commandStack) {
    this.stack = commandStack;
    commandStack.registerHandler(COMMAND, All);
  }

  /** Answers what `act` answers. */
  do(act) {
    const context = { act };
    this.stack.execute(COMMAND, context);
    return context.made;
  }
}
Together.$inject = ["commandStack"];

export default { __init__: ["together"], together: ["type", Together] };
