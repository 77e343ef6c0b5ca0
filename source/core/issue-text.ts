import {type z} from 'zod';
import {isObject} from './json.ts';
import {nearestName} from './nearest.ts';

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {int: 'a whole number', number: 'a number', string: 'a text', boolean: 'true or false', array: 'a list', object: 'a group of fields'};

/**
What is wrong, with its field: `num_client_procs: 0 is less than 1`. A field that does not exist comes before one that is
missing: it may be the same, misspelt. Values are named where the schema was asked with `reportInput`.

@param settings Fields that were set by `--set`.
@param known Names to suggest one from.
*/
export function issueText(error: z.ZodError, settings: Readonly<Record<string, string>> = {}, known: readonly string[] = []): string {
	const issue = error.issues.find(({code}) => code === 'unrecognized_keys') ?? error.issues[0];
	const path = issue?.path.join('.') ?? '';
	const field = issue?.code === 'unrecognized_keys' ? [path, issue.keys[0]].filter(Boolean).join('.') : path;
	const near = issue?.code === 'unrecognized_keys' ? nearestName(field, known) : undefined;
	return `${field || 'the input'}: ${issue ? whatOf(issue) : 'invalid'}${near === undefined ? '' : `; did you mean ${near}?`}${field in settings ? ` (--set ${field}=${settings[field]})` : ''}`;
}

function whatOf(issue: Issue): string {
	const {input} = issue;
	switch (issue.code) {
		case 'unrecognized_keys': {
			return 'there is no such field';
		}

		case 'invalid_type': {
			return input === undefined && !/received (?!undefined)/.test(issue.message) ? 'it is missing' : `takes ${kinds[issue.expected] ?? issue.expected}, not ${shown(input, issue.message)}`;
		}

		case 'too_small': {
			return typeof input === 'number' ? `${input} is less than ${issue.minimum}` : plain(issue.message);
		}

		case 'too_big': {
			return typeof input === 'number' ? `${input} is more than ${issue.maximum}` : plain(issue.message);
		}

		case 'invalid_union': {
			const given = issue.discriminator === undefined || !isObject(input) ? undefined : input[issue.discriminator];
			const options = 'options' in issue ? (issue.options ?? []).map(String).join(', ') : '';
			return options === ''
				? `${plain(issue.message)}${input === undefined || issue.message === 'Invalid input' ? '' : `, not ${shown(input, issue.message)}`}`
				: (given === undefined
					? `it is missing; it is one of ${options}`
					: `${JSON.stringify(given)} is none of ${options}`);
		}

		case 'invalid_value': {
			return input === undefined ? plain(issue.message) : `${JSON.stringify(input)} is none of ${issue.values.map(String).join(', ')}`;
		}

		case 'invalid_format':
		case 'not_multiple_of':
		case 'invalid_key':
		case 'invalid_element':
		case 'custom': {
			return plain(issue.message);
		}
	}
}

// Without the value, zod's own word for its type.
function shown(input: unknown, message: string): string {
	return input === undefined ? /received (.*)/.exec(message)?.[1] ?? 'that' : (typeof input === 'number' ? String(input) : JSON.stringify(input));
}

function plain(message: string): string {
	return `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '');
}
