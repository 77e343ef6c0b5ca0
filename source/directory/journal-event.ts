/*
A line of a journal, checked: readers fold what they get here, and a journal may be damaged, or written by a later version.
*/
import {type RunEvent, type RunEventType} from '../core/event.ts';
import {isObject} from '../core/json.ts';

type Kind =
	| 'number'
	| 'string'
	| 'boolean'
	| 'object'
	| 'objects'
	| 'numbers'
	| 'strings'
	| 'failure'
	| 'optional-number'
	| 'optional-string'
	| 'optional-strings'
	| 'optional-command'
	| 'optional-failure'
	| 'optional-object';

// What a reader relies on in each event; more may stand in it.
const fields: Readonly<Record<RunEventType, Readonly<Record<string, Kind>>>> = {
	'suite-started': {
		suite: 'string',
		name: 'string',
		directory: 'string',
		engine: 'string',
		args: 'object',
		inputs: 'objects',
		selected: 'numbers',
		estimatesMs: 'numbers',
		hosts: 'strings',
		control: 'optional-string',
		command: 'optional-command',
		live: 'optional-object',
		scraping: 'optional-object',
	},
	'suite-resumed': {selected: 'numbers', estimatesMs: 'numbers', hosts: 'strings', runner: 'object', control: 'optional-string'},
	'benchmark-started': {index: 'number', id: 'string', attempt: 'number'},
	'phase-entered': {index: 'number', phase: 'string', expectedMs: 'optional-number'},
	'proc-started': {
		index: 'number',
		label: 'string',
		role: 'string',
		host: 'string',
		ip: 'string',
		pid: 'number',
		port: 'optional-number',
		metricsPort: 'optional-number',
		place: 'optional-number',
	},
	'proc-exited': {index: 'number', label: 'string', returnCode: 'optional-number', ended: 'boolean'},
	'host-lost': {host: 'string', labels: 'optional-strings', message: 'string'},
	'host-regained': {host: 'string', afterMs: 'number'},
	'attempt-discarded': {
		index: 'number',
		id: 'string',
		attempt: 'number',
		directory: 'string',
		message: 'string',
		failure: 'optional-failure',
		durationMs: 'optional-number',
	},
	held: {index: 'number', id: 'string', labels: 'strings', message: 'string'},
	'let-go': {index: 'number'},
	'question-asked': {question: 'string', text: 'string', isHidden: 'boolean'},
	'question-answered': {question: 'string'},
	'stop-requested': {message: 'string'},
	warned: {index: 'optional-number', message: 'string'},
	'clients-measured': {index: 'number', clients: 'objects', overlapMs: 'number'},
	'pauses-logged': {index: 'number', label: 'string', count: 'number', totalMs: 'number', longest: 'objects'},
	'analysis-progressed': {index: 'number', bytes: 'number', totalBytes: 'number'},
	'benchmark-finished': {index: 'number', id: 'string', durationMs: 'number', summary: 'string', output: 'object', cells: 'optional-strings'},
	'benchmark-failed': {index: 'number', id: 'string', durationMs: 'number', failure: 'failure'},
	heartbeat: {},
	'suite-finished': {outcome: 'string', finished: 'number', failed: 'number', message: 'optional-string'},
};

const checks: Readonly<Record<Kind, (value: unknown) => boolean>> = {
	number: value => typeof value === 'number',
	string: value => typeof value === 'string',
	boolean: value => typeof value === 'boolean',
	object: isObject,
	objects: value => Array.isArray(value) && value.every(isObject),
	numbers: value => Array.isArray(value) && value.every(item => typeof item === 'number'),
	strings: value => Array.isArray(value) && value.every(item => typeof item === 'string'),
	failure: isFailure,
	'optional-number': value => value === undefined || typeof value === 'number',
	'optional-string': value => value === undefined || typeof value === 'string',
	'optional-strings': value => value === undefined || (Array.isArray(value) && value.every(item => typeof item === 'string')),
	'optional-command': value => value === undefined || (isObject(value) && typeof value['cwd'] === 'string' && checks.strings(value['argv'])),
	'optional-failure': value => value === undefined || isFailure(value),
	'optional-object': value => value === undefined || isObject(value),
};

/** The event that a line holds; undefined where it holds none that this version knows. */
export function parseEvent(line: string): RunEvent | undefined {
	let event: unknown;
	try {
		event = JSON.parse(line);
	} catch {
		return undefined;
	}

	return isRunEvent(event) ? event : undefined;
}

function isRunEvent(event: unknown): event is RunEvent {
	if (!isObject(event) || typeof event['at'] !== 'number' || typeof event['type'] !== 'string' || !Object.hasOwn(fields, event['type'])) {
		return false;
	}

	const wanted = Object.entries(fields[event['type'] as RunEventType]);
	return wanted.every(([name, kind]) => checks[kind](event[name]));
}

function isFailure(failure: unknown): boolean {
	return isObject(failure) && typeof failure['kind'] === 'string' && typeof failure['message'] === 'string'
		&& checks['optional-number'](failure['returnCode'])
		&& ['label', 'host', 'commandFile', 'hint'].every(name => checks['optional-string'](failure[name]))
		&& (failure['lines'] === undefined || checks.strings(failure['lines']));
}
