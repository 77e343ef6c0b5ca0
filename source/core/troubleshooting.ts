/*
The sections of the README's Troubleshooting, and which sentences belong to which: what `show` and `check` say names them.
*/
import {knownCauses} from './diagnosis.ts';

const symptoms: ReadonlyArray<readonly [section: string, pattern: RegExp]> = [
	['address in use', /\bport \d+/],
	['program not found', /no program|is not on the PATH|needs Node/],
	['the clock is ahead or behind', /its clock is/],
	['no space', /MB left/],
	['a host was lost', /connection to .* was lost|cannot connect/],
	['host key changed', /host key/i],
	['authentication failed', /authentication failed|Permission denied \(/],
	['hang', /did not (?:end|get ready)|was not ready in time/],
];

/** Every section that sentences may name. */
export const troubleshootingSections: readonly string[] = [...new Set([...knownCauses.map(({name}) => name), ...symptoms.map(([section]) => section)])];

/** `Troubleshooting in README.md has more on: heap size.`; undefined where no section is about these sentences. */
export function troubleshootingLine(sentences: readonly string[], causes: readonly string[] = []): string | undefined {
	const named = symptoms.filter(([, pattern]) => sentences.some(sentence => pattern.test(sentence))).map(([section]) => section);
	const sections = [...new Set([...causes.filter(cause => troubleshootingSections.includes(cause)), ...named])];
	return sections.length === 0 ? undefined : `Troubleshooting in README.md has more on: ${sections.join(', ')}.`;
}
