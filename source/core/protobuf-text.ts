/*
Protocol buffers' text format, as the JAR reads it: `key: "string"`, `key: 1`, `key: {` … `}`; a repeated field is repeated.
*/
import {chosen, type Field, type Group} from './field.ts';
import {isObject} from './json.ts';
import {type Placed} from './placement.ts';
import {flagText} from './print-input.ts';
import {singular} from './protocol.ts';

/** A name that stands bare, such as an enum's value. */
type Bare = {readonly bare: string};
type ProtobufValue = string | number | boolean | Bare | ProtobufMessage | readonly ProtobufMessage[];
type ProtobufMessage = {readonly [key: string]: ProtobufValue};

/** The bare name of an enum's value: `DistributionScheme.HASH` → `HASH`. */
export function bare(value: string): Bare {
	return {bare: value.slice(value.lastIndexOf('.') + 1)};
}

/** Endpoints as the messages of a config file: `{host, port}`. */
export function addresses(endpoints: readonly Placed[]): readonly ProtobufMessage[] {
	return endpoints.map(({ip, port}) => ({host: ip, port}));
}

/** A message as text: strings quoted, booleans `True` and `False`, numbers as they are, a list as a repeated field. */
export function protobufText(message: ProtobufMessage, indent = ''): string {
	return Object.entries(message)
		.flatMap(([key, value]) =>
			(Array.isArray(value) ? (value as readonly ProtobufMessage[]) : [value as Exclude<ProtobufValue, readonly ProtobufMessage[]>]).map(
				one => `${indent}${key}: ${valueText(one, indent)}\n`,
			),
		)
		.join('');
}

/** A group of an input as text, its numbers as its schema says; the fields in `omit` are left out, in nested groups too. A list is a field repeated under its singular. */
export function protobufGroup(group: Group, value: unknown, indent: string, omit: readonly string[] = []): string {
	return group.fields.filter(([key]) => !omit.includes(key)).map(([key, field]) => {
		const inner = isObject(value) ? value[key] : undefined;
		const [name, item, items] = field.kind === 'list' && Array.isArray(inner) ? [singular(key), field.item, inner as readonly unknown[]] as const : [key, field, [inner]] as const;
		return items.map(one => `${indent}${name}: ${leafText(item, one, indent, omit)}\n`).join('');
	}).join('');
}

function leafText(field: Field, value: unknown, indent: string, omit: readonly string[]): string {
	if (field.kind === 'group' || field.kind === 'choice') {
		return `{\n${protobufGroup(field.kind === 'group' ? field : chosen(field, value), value, `${indent}  `, omit)}${indent}}`;
	}

	return field.kind === 'text' ? JSON.stringify(value) : flagText(field, value) ?? '';
}

function valueText(value: string | number | boolean | Bare | ProtobufMessage, indent: string): string {
	switch (typeof value) {
		case 'string': {
			return JSON.stringify(value);
		}

		case 'number': {
			return String(value);
		}

		case 'boolean': {
			return value ? 'True' : 'False';
		}

		default: {
			return isBare(value) ? value.bare : `{\n${protobufText(value, `${indent}  `)}${indent}}`;
		}
	}
}

function isBare(value: Bare | ProtobufMessage): value is Bare {
	return typeof value.bare === 'string' && Object.keys(value).length === 1;
}
