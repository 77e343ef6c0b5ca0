/** A longer query is more than some servers read, and more than it spares. */
const maxCharacters = 2000;

/**
What to ask a proc for, so that its answer holds all samples of these names, those that it has none of yet too: the names and,
for servers that go by these, their families. Empty where all is to be asked for: of names that end in `*` nobody knows which
there will be, and too many are no query.
*/
export function askedNames(names: readonly string[]): readonly string[] {
	const asked = [...new Set(names.flatMap(name => [name, name.replace(/_(?:bucket|sum|count|total)$/, '')]))];
	return names.some(name => name.endsWith('*')) || asked.join('').length > maxCharacters ? [] : asked;
}
