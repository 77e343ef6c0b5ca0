/*
Expressions over an input and its output: `num_clients > 10 && workload.name == "StringWorkload"`. Fields are dotted
names; a duration compares as one (`duration >= 10s`).
*/
import {parseDuration} from './duration.ts';
import {BenchError} from './errors.ts';
import {suggestion} from './nearest.ts';
import {valueAt} from './suite.ts';

/** Whether a value (an input, or a row) fulfils an expression. */
type Predicate<Value = unknown> = (value: Value) => boolean;

type Token = {readonly kind: 'name' | 'literal' | 'operator'; readonly text: string; readonly column: number};
type Node<Value> = (value: Value) => unknown;

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
	'==': order => order === 0, '!=': order => order !== 0, '<': order => order < 0, '<=': order => order <= 0, '>': order => order > 0, '>=': order => order >= 0,
};

/**
Parses an expression of fields, numbers, texts, durations, `== != < <= > >=`, `&& || !` and parentheses.

@param fields Names that it may use; others are an error.
@param read How a field's value is had, where it is not a member of the value.
@throws BenchError `usage` naming the place.
*/
export function parseExpression<Value = unknown>(text: string, fields: readonly string[], read: (value: Value, field: string) => unknown = valueAt): Predicate<Value> {
	const tokens = tokenize(text);
	let next = 0;
	const root = parseOr();
	if (next < tokens.length) {
		throw fault(tokens[next]);
	}

	return value => Boolean(root(value));

	function parseOr(): Node<Value> {
		let left = parseAnd();
		while (accept('||')) {
			const [one, other] = [left, parseAnd()];
			left = value => Boolean(one(value)) || Boolean(other(value));
		}

		return left;
	}

	function parseAnd(): Node<Value> {
		let left = parseComparison();
		while (accept('&&')) {
			const [one, other] = [left, parseComparison()];
			left = value => Boolean(one(value)) && Boolean(other(value));
		}

		return left;
	}

	function parseComparison(): Node<Value> {
		const left = parseUnary();
		const token = tokens[next];
		const compares = token?.kind === 'operator' ? comparisons[token.text === '=' ? '==' : token.text] : undefined;
		if (!compares) {
			return left;
		}

		next++;
		const right = parseUnary();
		return value => {
			const order = compare(left(value), right(value));
			// What cannot be compared differs, and is neither more nor less.
			return Number.isNaN(order) ? token?.text === '!=' : compares(order);
		};
	}

	function parseUnary(): Node<Value> {
		if (accept('!')) {
			const inner = parseUnary();
			return value => !inner(value);
		}

		if (accept('(')) {
			const inner = parseOr();
			if (!accept(')')) {
				throw fault(tokens[next], 'a ")" is missing');
			}

			return inner;
		}

		const token = tokens[next++];
		if (token?.kind === 'literal') {
			const literal = literalValue(token.text);
			return () => literal;
		}

		if (token?.kind !== 'name') {
			throw fault(token);
		}

		if (!fields.includes(token.text)) {
			throw fault(token, `there is no field "${token.text}"${suggestion(token.text, fields)}`);
		}

		return value => read(value, token.text);
	}

	function accept(operator: string): boolean {
		const token = tokens[next];
		const found = token?.kind === 'operator' && token.text === operator;
		next += found ? 1 : 0;
		return found;
	}

	function fault(token: Token | undefined, what = token ? `"${token.text}" is not expected there` : 'it ends too early'): BenchError {
		return new BenchError('usage', `"${text}"${token ? `, column ${token.column}` : ''}: ${what}.`.replace(/\?\.$/, '?'));
	}
}

function tokenize(text: string): readonly Token[] {
	const tokens: Token[] = [];
	const pattern = /\s*(?:(?<operator>\|\||&&|[!<=>]=|[!()<=>])|(?<literal>"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?e[+-]\d+|-?\d[\w.:]*)|(?<name>[a-z_][\w.]*))/giy;
	while (text.slice(pattern.lastIndex).trim() !== '') {
		const at = pattern.lastIndex;
		const groups = pattern.exec(text)?.groups;
		if (!groups) {
			throw new BenchError('usage', `"${text}", column ${at + 1}: cannot read "${text.slice(at).trim().slice(0, 10)}".`);
		}

		const kind = groups['operator'] === undefined ? (groups['literal'] === undefined ? 'name' : 'literal') : 'operator';
		const found = groups[kind] ?? '';
		tokens.push(kind === 'name' && /^(?:true|false)$/i.test(found) ? {kind: 'literal', text: found, column: at + 1} : {kind, text: found, column: pattern.lastIndex - found.length + 1});
	}

	return tokens;
}

function literalValue(text: string): string | number | boolean {
	if (/^["']/.test(text)) {
		return text.slice(1, -1);
	}

	if (/^(?:true|false)$/i.test(text)) {
		return text.toLowerCase() === 'true';
	}

	return Number.isFinite(Number(text)) ? Number(text) : text;
}

function compare(left: unknown, right: unknown): number {
	if (typeof left === 'number' && typeof right === 'number') {
		return left - right;
	}

	if (typeof left === 'string' && typeof right === 'string') {
		const [one, other] = [durationOf(left), durationOf(right)];
		return one !== undefined && other !== undefined ? one - other : (left < right ? -1 : Number(left > right));
	}

	return left === right ? 0 : NaN;
}

function durationOf(text: string): number | undefined {
	try {
		return parseDuration(text);
	} catch {
		return undefined;
	}
}
