import module from 'node:module';

/** What ends the process, and how many keep it from being called: they may begin and end in any order. */
let {exit} = process;
let refusing = 0;

/**
Keeps code of others from ending this process: its `process.exit` throws.

@returns `asked` rejects with the error when it is called, for code that catches what is thrown; `restore` gives the function back.
*/
export function refuseExit(reason: () => Error): {readonly asked: Promise<never>; restore(): void} {
	exit = refusing === 0 ? process.exit : exit;
	refusing++;
	const {promise, reject} = Promise.withResolvers<never>();
	process.exit = () => {
		const error = reason();
		reject(error);
		// In a callback nobody catches it, and it is told already.
		const swallow = (thrown: unknown) => {
			if (thrown !== error) {
				throw thrown;
			}
		};

		process.once('uncaughtException', swallow);
		setImmediate(() => {
			process.off('uncaughtException', swallow);
		});
		throw error;
	};

	// For who imported it by its name.
	module.syncBuiltinESMExports();
	return {
		asked: promise,
		restore() {
			refusing--;
			if (refusing === 0) {
				process.exit = exit;
				module.syncBuiltinESMExports();
			}
		},
	};
}
