import {add, type FoldedStacks, frameName} from './folded-stacks.ts';

/** Takes the lines of `perf script` one by one and folds its stacks, weighed in samples. */
export class PerfFolder {
	readonly #stacks = new Map<string, number>();
	#frames: string[] = [];
	#program = '';

	get stacks(): FoldedStacks {
		this.#end();
		return this.#stacks;
	}

	push(line: string): void {
		if (line.trim() === '') {
			this.#end();
		} else if (/^\s/.test(line)) {
			// `    7f12ab symbol+0x1f (/lib/libc.so.6)`, the leaf first.
			const [, symbol = '', file = ''] = /^\s+[\da-f]+ (.*?)(?:\+0x[\da-f]+)?(?: \((.*)\))?$/.exec(line) ?? [];
			this.#frames.unshift(symbolName(symbol, file));
		} else {
			this.#end();
			this.#program = line.split(/\s/, 1)[0]!;
		}
	}

	#end(): void {
		if (this.#frames.length > 0) {
			add(this.#stacks, [frameName(this.#program), ...this.#frames].join(';'), 1);
		}

		this.#frames = [];
	}
}

function symbolName(symbol: string, file: string): string {
	if (symbol === '[unknown]' || symbol === '') {
		return frameName(file === '' ? '[unknown]' : `[${file.split('/').at(-1)!.replaceAll(/[[\]]/g, '')}]`);
	}

	// Node: `JS:*handleRequest file:///…/server.js:12:3`; the sign says how it was compiled.
	const script = /^(?:JS|Eval|Script|Function|LazyCompile|Builtin)?:['*+^~]?(.*)$/.exec(symbol)?.[1];
	if (script !== undefined && /^(?:JS|Function|LazyCompile|Script|Eval):/.test(symbol)) {
		const [, name = '', place = ''] = /^(\S*)(?: (.*))?$/.exec(script) ?? [];
		return frameName(`${name || '(anonymous)'}${place === '' ? '' : ` ${place.split('/').at(-1)!.replace(/:\d+$/, '')}`}`);
	}

	// Java: `Lcom/example/Server;::handle`.
	return frameName(symbol.replace(/^L([\w$/]+);::/, '$1::'));
}
