/*
What a person's configuration says: `benchdeck.config.json` of a project, `config.json` of a user. Its shape is this schema,
from which the JSON schema for editors is made.
*/
import {z} from 'zod';

const pattern = z.string().min(1).refine(isPattern, 'is no regular expression');

export const configSchema = z.strictObject({
	$schema: z.string().optional(),
	flags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], {error: 'takes a text, a number, true or false, or a list of texts'})).optional()
		.describe('Defaults for flags, by their long names without dashes; each holds for every command that takes it.'),
	roots: z.array(z.string().min(1)).optional()
		.describe('Folders whose runs the browser shows; relative ones start at this file.'),
	keys: z.record(z.string(), z.union([z.string().min(1), z.array(z.string().min(1))], {error: 'takes a key or a list of keys'})).optional()
		.describe('Keys for commands of the screens: {"zoom": "z", "next-pane": ["tab", "ctrl-n"]}. `?` on a screen names the commands.'),
	theme: z.enum(['dark', 'light', 'plain', 'auto']).optional()
		.describe('Colours for a dark or a light background, or none; auto is what the terminal says.'),
	timestamps: z.array(z.string().min(1)).optional()
		.describe('How your programs write times into their logs, as strftime does: %H:%M:%S.%f. Tried before those that benchdeck knows.'),
	causes: z.array(z.strictObject({
		name: z.string().optional().describe('What it is called.'),
		pattern: pattern.describe('A regular expression on the last lines of a proc that died.'),
		remedy: z.string().min(1).describe('A sentence that says what to do.'),
	})).optional()
		.describe('Known causes of a death, tried before those that benchdeck knows.'),
}).describe('Configuration of benchdeck.');

function isPattern(text: string): boolean {
	try {
		return new RegExp(text) instanceof RegExp;
	} catch {
		return false;
	}
}
