import {type Field, type Group, groupOf} from './field.ts';
import {isObject, type JsonObject} from './json.ts';
import {pascalCase, reprOf} from './print-input.ts';
import {generalFloat, pythonString} from './python-text.ts';
import {type Suite, valueAt} from './suite.ts';

/** The line that sums a benchmark up: a Python dict of its inputs as they are and its figures as rounded texts. */
export function summaryText(suite: Suite, input: JsonObject, output: JsonObject): string {
	const schema = groupOf(suite.protocol.input);
	const entries = suite.summary.flatMap(entry => Object.entries(typeof entry === 'string' ? {[entry]: entry} : entry));
	const shown = entries.map(([name, source]) => {
		const printed = typeof source === 'string' ? pathText(source, {schema, input, output, digits: suite.digits ?? defaultDigits}) : valueText(source({input, output}));
		return `${pythonString(name)}: ${printed}`;
	});
	return `{${shown.join(', ')}}`;
}

type Sources = {readonly schema: Group; readonly input: JsonObject; readonly output: JsonObject; readonly digits: number | Readonly<Record<string, number>>};

const defaultDigits = 6;

function pathText(path: string, {schema, input, output, digits}: Sources): string {
	const measured = valueAt(output, path);
	if (measured !== undefined) {
		return typeof measured === 'number' ? pythonString(generalFloat(measured, digitsOf(path, digits))) : valueText(measured);
	}

	return reprOf(fieldAt(schema, path), valueAt(input, path), pascalCase(path.slice(path.lastIndexOf('.') + 1)));
}

function digitsOf(path: string, digits: Sources['digits']): number {
	return typeof digits === 'number' ? digits : path.split('.').map(part => digits[part]).find(found => found !== undefined) ?? defaultDigits;
}

function fieldAt(group: Group, path: string): Field {
	return path.split('.').reduce<Field>((field, key) => (field.kind === 'group' ? field.fields.find(([name]) => name === key)?.[1] : undefined) ?? {kind: 'any'}, group);
}

function valueText(value: unknown): string {
	return isObject(value) ? pythonString(JSON.stringify(value)) : reprOf({kind: 'any'}, value);
}
