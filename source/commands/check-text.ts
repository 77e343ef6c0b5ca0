import {troubleshootingLine} from '../core/troubleshooting.ts';
import {type Checked} from './check.ts';
import {type HostFacts} from './check-host.ts';
import {printable} from './printable.ts';
import {type TableColumn, textTable} from './text-table.ts';
import {usableNode} from './remote-programs.ts';

const columns: ReadonlyArray<readonly [title: string, align: 'left' | 'right', cell: (facts: HostFacts) => string, isOptional?: boolean]> = [
	['reached', 'right', ({connectMs}) => `${connectMs} ms`],
	['user', 'left', ({user}) => user],
	['key', 'left', ({connection}) => connection?.hostKey.slice(0, 17) ?? '-', true],
	['shell', 'left', ({shell}) => shell],
	['sessions', 'right', ({connection}) => connection ? `${connection.sessions >= 10 ? '10+' : connection.sessions} free` : '-', true],
	['clock', 'right', ({clock}) => clock ? `${clock.offsetMs >= 0 ? '+' : '-'}${Math.abs(clock.offsetMs).toFixed(0)} ± ${Math.ceil(clock.errorMs)} ms` : '?'],
	['files', 'left', ({isShared, freeBytes}) => isShared ? 'shared' : (freeBytes === undefined ? 'own' : `own, ${(freeBytes / 1e9).toFixed(1)} GB free`)],
	['cores', 'right', ({cores}) => String(cores ?? '?')],
	['load', 'right', ({load}) => String(load ?? '?')],
	['address', 'left', addressKind, true],
	['programs', 'left', programsText],
	['ports', 'left', ({takenPorts, needsPorts}) => takenPorts.length > 0 ? `${takenPorts.map(({port}) => port).join(', ')} taken` : (needsPorts ? 'free' : '-')],
	['left', 'right', ({marked}) => String(marked.filter(({isLive}) => !isLive).length)],
];

/** The table, then what must be mended, then what is worth knowing. */
export function checkText(checked: readonly Checked[]): string {
	const cellsOf = (cell: (facts: HostFacts) => string) => checked.map(({facts}) => facts ? cell(facts) : '');
	const table: TableColumn[] = [
		{title: 'host', align: 'left', cells: checked.map(({host}) => printable(host)), isWhole: true},
		...columns.map(([title, align, cell, isOptional]): TableColumn => {
			const cells = cellsOf(cell);
			return {
				title,
				align,
				cells: title === 'reached' ? cells.map(text => (text === '' ? 'no' : text)) : cells.map(text => printable(text)),
				isWhole: !isOptional,
				...(isOptional && {isOptional}),
			};
		}),
	];
	const mend = checked.flatMap(({findings}) => findings.mend).map(line => `mend  ${printable(line)}\n`);
	const notes = checked.flatMap(({findings}) => findings.notes).map(line => `note  ${printable(line)}\n`);
	const end = mend.length === 0 ? `${checked.length === 1 ? 'The host is' : `All ${checked.length} hosts are`} ready.\n` : '';
	const more = troubleshootingLine(checked.flatMap(({findings}) => findings.mend));
	return `${textTable(table, process.stdout.columns ?? 200).lines.join('\n')}\n${['', ...mend, ...notes, ...(more === undefined ? [] : [`${more}\n`]), end].join('')}`;
}

// RFC 1918, and the addresses of carriers' and links' own.
function addressKind({ip}: HostFacts): string {
	if (/^(?:127\.|::1$)/.test(ip)) {
		return 'loopback';
	}

	if (/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd]|fe80)/i.test(ip)) {
		return 'private';
	}

	return /^[\d.]+$|:/.test(ip) ? 'public' : '?';
}

function programsText({programs, nodes, needsNode, kind}: HostFacts): string {
	const node = needsNode ? [kind === 'ssh' ? `node ${usableNode(nodes)?.version ?? 'missing'}` : `node ${process.version.slice(1)}`] : [];
	const rest = Object.entries(programs).map(([program, version]) => `${program.split('/').at(-1)!} ${version === undefined ? 'missing' : (/\d+(?:\.\d+)+/.exec(version)?.[0] ?? 'there')}`);
	return [...node, ...rest].join(', ') || '-';
}
