// Rules of style by bpmnlint: what a diagram should not look like, though it would run.
import { Linter } from "bpmnlint";
import labelRequired from "bpmnlint/rules/label-required";
import noGatewayJoinFork from "bpmnlint/rules/no-gateway-join-fork";
import noOverlappingElements from "bpmnlint/rules/no-overlapping-elements";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway";
import superfluousTermination from "bpmnlint/rules/superfluous-termination";

const RULES = {
  "label-required": labelRequired,
  "no-gateway-join-fork": noGatewayJoinFork,
  "no-overlapping-elements": noOverlappingElements,
  "superfluous-gateway": superfluousGateway,
  "superfluous-termination": superfluousTermination,
};

const linter = new Linter({
  config: { rules: Object.fromEntries(Object.keys(RULES).map((name) => [name, "warn"])) },
  resolver: { resolveRule: (_, name) => RULES[name], resolveConfig: () => null },
});

/** Problems of style, in the shape of the office's own; their words are `said`, by rule. */
export async function styleProblems(modeler, said) {
  const found = await linter.lint(modeler.getDefinitions());
  return Object.entries(found).flatMap(([rule, reports]) =>
    reports.map(({ id }) => ({ element: id ?? "", line: 0, severity: "style", code: rule, message: said[rule], hint: "" })),
  );
}
