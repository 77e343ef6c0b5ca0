/*
`JSON.parse` keeps the last of two equal keys without a word. A cluster file in which a role stands twice would run on
half its machines, so the keys are looked at once more.
*/

type DuplicateKey = {readonly key: string; readonly path: readonly string[]; readonly line: number};

/** The first key that stands twice in one object of a valid JSON text. */
export function duplicateKey(text: string): DuplicateKey | undefined {
	const open: Array<{readonly keys: Set<string> | undefined; key: string}> = [];
	let line = 1;
	for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(?<key>\s*:)?|[\n[\]{}]/g)) {
		const [token] = match;
		const top = open.at(-1);
		if (match.groups?.['key'] !== undefined && top?.keys) {
			const key = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
			if (top.keys.has(key)) {
				return {key, path: open.slice(0, -1).map(object => object.key).filter(name => name !== ''), line};
			}

			top.keys.add(key);
			top.key = key;
		}

		if (token === '{' || token === '[') {
			open.push({keys: token === '{' ? new Set() : undefined, key: ''});
		} else if (token === '}' || token === ']') {
			open.pop();
		}

		line += token.split('\n').length - 1;
	}

	return undefined;
}
