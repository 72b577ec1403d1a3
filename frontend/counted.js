// One thing and several things are told apart: `words` holds what is said of one and of several, with %n for the number.
export const counted = ([one, several], number) => (number === 1 ? one : several).replace("%n", number);
