import {compareNaturally} from '../core/natural-order.ts';
import {type Folder} from './folder.ts';
import {mapLimited} from './map-limited.ts';
import {type RunProcess} from './run.ts';

const maxOpenFiles = 16;

/**
What each proc left in its benchmark directory.

@param folder
@param launched Labels in launch order, where a journal has them; else pids.json tells it.
*/
export async function readProcesses(folder: Folder, launched: readonly string[] = []): Promise<readonly RunProcess[]> {
	const pids = await folder.json('pids.json');
	const recorded = Object.values(pids ?? {}).filter(label => typeof label === 'string');
	const labels = new Set([...launched, ...recorded, ...labelsOf(folder.names)]);
	return mapLimited([...labels], maxOpenFiles, async label => readProcess(folder, label));
}

async function readProcess(folder: Folder, label: string): Promise<RunProcess> {
	const [command, code, outBytes, errorBytes] = await Promise.all([
		folder.text(`${label}_cmd.txt`),
		folder.text(`${label}_returncode.txt`),
		folder.size(`${label}_out.txt`),
		folder.size(`${label}_err.txt`),
	]);
	const isNumber = code !== undefined && /^\s*-?\d+\s*$/.test(code);
	if (code !== undefined && !isNumber) {
		folder.warn(`${label}_returncode.txt: ${code.trim() === '' ? 'is empty' : 'is not a number'}`);
	}

	return {label, command: command?.replace(/\r?\n$/, ''), returncode: isNumber ? Number(code) : undefined, outBytes, errBytes: errorBytes};
}

// A proc has a command, a return code, or both streams; one file that only ends in `_out.txt` may be anybody's.
function labelsOf(names: ReadonlySet<string>): readonly string[] {
	const found = [...names].flatMap(name => {
		const label = /^(?<label>.+)_(?:cmd|returncode|out)\.txt$/s.exec(name)?.groups?.['label'];
		return label !== undefined && (!name.endsWith('_out.txt') || names.has(`${label}_err.txt`)) ? [label] : [];
	});
	return found.toSorted(compareNaturally);
}
