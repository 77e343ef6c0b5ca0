/**
Splits a row into its fields as RFC 4180 says; undefined where its quotes do not match. A line end ends a row, also within
quotes: no recorder's field holds one, and so a file can be read from several places at once.
*/
export function splitRow(line: string): readonly string[] | undefined {
	if (!line.includes('"')) {
		return line.split(',');
	}

	const fields: string[] = [];
	// A quoted field, quotes within it doubled; or one without any quote.
	const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
	for (;;) {
		const match = field.exec(line);
		if (!match) {
			return undefined;
		}

		fields.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
		if (match[3] === '') {
			return fields;
		}
	}
}

/** A field as it must be written: quoted where it holds a comma, a quote or a line end. */
export function quoteField(field: string): string {
	return /[\n\r",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
