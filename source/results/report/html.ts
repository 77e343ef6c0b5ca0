/*
HTML from data of unknown origin: everything that is not made here is escaped, and control characters become visible.
*/
/** Text that is HTML already. */
export type Html = string;

/** A text as HTML shows it. */
export function escapeHtml(text: string): Html {
	return text
		.replaceAll(/[\p{Control}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, character => (/[\t\n]/.test(character) ? character : '�'))
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\'', '&#39;');
}

type HtmlColumn = {readonly title: string; readonly isNumeric: boolean};

/** A table; cells are texts. */
export function htmlTable(columns: readonly HtmlColumn[], rows: ReadonlyArray<readonly string[]>): Html {
	const alignment = (place: number) => columns[place]?.isNumeric ? ' class="number"' : '';
	const head = columns.map(({title}, place) => `<th${alignment(place)}>${breakable(title)}</th>`).join('');
	const body = rows.map(cells => `<tr>${cells.map((cell, place) => `<td${cell === 'failed' ? ' class="failed"' : alignment(place)}>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
	return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

/** Names and what they are. */
export function htmlFacts(facts: ReadonlyArray<readonly [name: string, text: string]>): Html {
	return `<dl>${facts.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`).join('')}</dl>`;
}

export function htmlLines(lines: readonly string[]): Html {
	return lines.length === 0 ? '' : `<pre>${lines.map(line => escapeHtml(line)).join('\n')}</pre>`;
}

/** Sentences that few want to read: one as it is, several behind their title. */
export function htmlNotes(title: string, notes: readonly string[]): Html {
	const sentence = (note: string) => escapeHtml(/[!.?]$/.test(note) ? note : `${note}.`);
	return notes.length < 2
		? notes.map(note => `<p class="note">${sentence(note)}</p>`).join('')
		: `<details><summary>${escapeHtml(title)} (${notes.length})</summary><ul class="note notes">${notes.map(note => `<li>${sentence(note)}</li>`).join('')}</ul></details>`;
}

// Long names of columns may break where their parts end.
function breakable(title: string): Html {
	return escapeHtml(title).replaceAll(/(?<=[._])/g, '<wbr>');
}
