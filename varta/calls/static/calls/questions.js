// The questions of a kind of event and the category that follows. The twin of varta/calls/questions.py.

const URGENCY = ["delta", "gamma", "beta", "alpha"];
const rank = (category) => URGENCY.indexOf(category);

/** Return the codes of what is asked about this kind after these answers, in order. */
export function asked(tree, kind, answers) {
  return (tree.branches[kind]?.asks ?? []).filter((code) =>
    Object.entries(tree.questions[code].after).every(([awaited, answer]) => answers[awaited] === answer));
}

/**
 * Return the most urgent category that the kind or an answer calls for, and the reasons in both languages;
 * null where there is no kind.
 */
export function propose(tree, kind, answers) {
  const branch = tree.branches[kind];
  if (!branch) return null;
  const raised = asked(tree, kind, answers)
    .map((code) => ({ category: tree.questions[code].raises[answers[code]], because: tree.questions[code].because }))
    .filter((one) => one.category);
  const category = [branch.begins, ...raised.map((one) => one.category)].reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const reasons = raised.filter((one) => one.category === category && one.because).map((one) => one.because);
  return { category, reasons };
}

/** Return the sentence that says why a category is proposed. */
export function why({ category, reasons }, kind, language, names) {
  const name = names.categories[category];
  if (!reasons.length) return names.usual.replace("{category}", name).replace("{kind}", names.kinds[kind][language]);
  return `${name}${names.because}${reasons.map((one) => one[language]).join(", ")}.`;
}

/** Return whether a category is less urgent than the proposed one. */
export const isLower = (category, proposed) => rank(category) < rank(proposed);
