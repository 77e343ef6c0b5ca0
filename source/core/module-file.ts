/**
The URL of another module of this package, from `import.meta.url` of the one that asks: `module-file.ts` of the sources
where the sources run, its bundle in `build/` where that runs.

@example
moduleFile(import.meta.url, 'source/recorder/recorder-worker');
*/
export function moduleFile(from: string, module: string): URL {
	return new URL(`${isBuilt(from) ? 'build/' : ''}${module}${isBuilt(from) ? '.js' : '.ts'}`, packageRoot(from));
}

/** The URL of the package's directory, with a slash at its end. */
export function packageRoot(from: string): URL {
	const marks = isBuilt(from) ? ['/build/'] : ['/source/', '/suites/', '/test/'];
	const end = Math.max(...marks.map(mark => from.lastIndexOf(mark)));
	return new URL(from.slice(0, end + 1));
}

/** True in the bundle, false where the sources run as they are. */
export function isBuilt(from: string): boolean {
	return from.endsWith('.js');
}
