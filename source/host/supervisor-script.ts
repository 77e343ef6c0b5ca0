/*
The supervisor: a small POSIX `sh` program (dash, bash from 3.2, busybox ash) that runs on every host. It reads lines from
its standard input and answers on its standard output:

	start ID CWD OUT ERR NAME=VALUE… -- PROGRAM ARG…   → `pid ID PID`, later `exit ID STATUS`; or `fail ID REASON`
	kill SIGNAL ID PID                                 → the signal to the process group PID
	forget ID                                          → after `exit`: the shell may forget the job
	beat N                                             → `beat N`
	sweep MARK                                         → KILL to what still carries BENCHDECK_MARK=MARK…, then `swept MARK`

Each proc leads a process group of its own. Standard input is the lease: when it ends, every group gets TERM, and KILL two
seconds later. Words are quoted by the sender; a line feed inside one is written as $NL.

The proc's shell tells its pid itself, once it leads its group and before it becomes the program: a signal that is sent after
that finds the group. Each proc has a watcher, a subshell that waits for it. The watcher, not the main loop, knows the proc's
pid without a file or a race: until it has waited for it, nothing else can have that pid. So TERM and USR1 to the watcher mean
TERM and KILL to its group, or to the proc that does not lead one yet; one that comes before the proc is known is remembered.
A trap interrupts `wait`, hence the loop around it; a shell that has no status left says 127. What a proc leaves behind in its
group is killed when it has gone, before its end is told.

A status of 128 + n may be the program's own. The shell's words for it tell (`jobs -l`: "Terminated" or "Done(143)"), which
bash has only within a trap for CHLD, and the others once they have waited.

The guard is a subshell that listens for the main loop (USR1 with each beat) and looks after it. After eight to ten seconds of
silence, or when the main loop has been killed, it ends everything: TERM and USR1 go to the supervisor's own group, so that
it needs no list of pids and no file (a full disk must not end a benchmark); where that group is not its own, to the main
loop alone. It sleeps in the foreground: dash has no `read -t`, and a trap waits until the sleep is over. It counts its sleeps,
not the time: a host that was stopped itself has heard nothing either. A guard that has gone is followed by another; one that
an older dash has not waited for still takes signals, so that its state is looked at. A new one ignores USR1 until it has its trap.

From the end on the main loop ignores signals. They are not trapped: a trap is not inherited, and the guard's USR1 would end the
`grep` of the sweep, which would find nothing. While a watcher is being noted down the end waits.

(`read` has no IFS of its own: bash would run the trap with it. The lines begin and end with quotes.)

What left its group (setsid, a daemon) still has its mark in the environment, where /proc shows that.
*/
// What begins a shell's own expansion would be the template's.
const dollar = '$';

// The proc's shell, which becomes the program: CWD OUT ERR ID NAME=VALUE… -- PROGRAM ARG…. It has no variables of its own, whose names
// those of the proc could have.
const procScript = [
	'cd "$1" || exit 126',
	'echo "pid $4 $$"',
	'exec >"$2" 2>"$3"',
	'shift 4',
	'unset BENCHDECK_SUPERVISOR',
	'while test "$1" != --; do export "$1"; shift; done',
	'shift',
	'exec "$@"',
].join('; ');

export const supervisorScript = String.raw`
NL='
'
ids= busy= over=
lease=$BENCHDECK_SUPERVISOR
if command -v setsid >/dev/null 2>&1; then own=setsid; else own=; fi
all=$$
if read -r stat </proc/$$/stat; then
	set -- ${dollar}{stat##*) }
	group=$3
else
	group=$(ps -o pgid= -p "$$")
fi 2>/dev/null
test $((group)) -ne "$$" || all=0
end() {
	test -z "$child" || kill -s "$ending" -- "-$child" 2>/dev/null || kill -s "$ending" "$child" 2>/dev/null
}
watch() {
	child= ending= caught= status=
	trap 'caught=1' PIPE HUP INT
	trap 'caught=1 ending=TERM; end' TERM
	trap 'caught=1 ending=KILL; end' USR1
	test -z "$BASH_VERSION" || trap 'caught=1; jobs -l' CHLD
	id=$1 cwd=$2 out=$3 err=$4
	shift 4
	test -n "$own" || set -m
	$own sh -c '${procScript}' sh "$cwd" "$out" "$err" "$id" "$@" </dev/null 2>/dev/null &
	child=$!
	test -z "$ending" || end
	while :; do
		caught=
		wait "$child"
		now=$?
		test "$now" -eq 127 && test -n "$status" || status=$now
		test -n "$caught" || break
	done
	group=$child child=
	kill -s KILL -- "-$group" 2>/dev/null
	test "$status" -le 128 || test -n "$BASH_VERSION" || jobs -l
	echo "exit $id $status"
	exit 0
}
can() {
	case $2 in
	/*) test -f "$2" && test -x "$2" ;;
	*) ( cd "$1" && command -v "$2" ) >/dev/null 2>&1 ;;
	esac
}
sweep() {
	test -r /proc/self/environ || return 0
	for round in 1 2 3 4 5; do
		found=
		for file in $(grep -l -F -e "BENCHDECK_MARK=$1" /proc/[0-9]*/environ 2>/dev/null); do
			file=${dollar}{file#/proc/}
			kill -s KILL "${dollar}{file%/environ}" 2>/dev/null && found=1
		done
		test -n "$found" || return 0
	done
}
guard() {
	trap : PIPE HUP INT TERM
	trap 'heard=1' USR1
	echo "ready $$"
	silent=0
	while test "$silent" -lt 4 && kill -0 "$$" 2>/dev/null; do
		heard=
		sleep 2 </dev/null >/dev/null 2>&1
		if test -n "$heard"; then silent=0; else silent=$((silent + 1)); fi
	done
	kill -s TERM "$all"
	sleep 2 </dev/null >/dev/null 2>&1
	trap '' TERM USR1
	kill -s USR1 "$all"
	sweep "$lease."
	kill -s KILL "$all"
}
guarded() {
	kill -s USR1 "$guard" 2>/dev/null || return 1
	read -r stat <"/proc/$guard/stat" || return 0
	case $stat in *') Z '*) return 1 ;; esac
} 2>/dev/null
keep() {
	trap '' USR1
	guard &
	guard=$!
	trap : USR1
}
finish() {
	trap '' HUP INT TERM PIPE USR1
	live=
	for id in $ids; do eval "live=\"\$live \$w_$id\""; done
	if test -n "$live"; then
		kill -s TERM $live 2>/dev/null
		( for pause in 2 1 1; do sleep "$pause"; kill -s USR1 $live; done ) </dev/null >/dev/null 2>&1 &
		timer=$!
		wait $live 2>/dev/null
		kill -s KILL "$timer" 2>/dev/null
	fi
	sweep "$lease."
	kill -s KILL "$guard" 2>/dev/null
	exit 0
}
trap 'over=1; test -n "$busy" || finish' HUP INT TERM
trap : PIPE
keep
while read -r line; do
	eval "set -- $line"
	case $1 in
	start)
		shift
		program=
		seen=
		for word in "$@"; do
			if test -n "$seen"; then program=$word; break; fi
			test "$word" != -- || seen=1
		done
		if ! test -d "$2"; then
			echo "fail $1 directory"
		elif ! can "$2" "$program"; then
			echo "fail $1 program"
		elif ! { : >"$3" && : >"$4"; } 2>/dev/null; then
			echo "fail $1 output"
		else
			busy=1
			watch "$@" &
			eval "w_$1=$!"
			ids="$ids $1"
			busy=
			test -z "$over" || finish
		fi
		;;
	kill)
		case $2 in
		TERM) eval "kill -s TERM \"\$w_$3\"" ;;
		KILL) eval "kill -s USR1 \"\$w_$3\"" ;;
		*) kill -s "$2" -- "-$4" ;;
		esac 2>/dev/null
		;;
	forget)
		eval "test -z \"\$w_$2\" || wait \"\$w_$2\"; unset w_$2"
		left=
		for id in $ids; do test "$id" = "$2" || left="$left $id"; done
		ids=$left
		;;
	beat)
		guarded || keep
		echo "beat $2"
		;;
	sweep)
		sweep "$2"
		echo "swept $2"
		;;
	esac
done
finish
`;

/** A word for one of the supervisor's lines. */
export function supervisorWord(word: string): string {
	return `'${word.replaceAll('\'', String.raw`'\''`).replaceAll('\n', '\'"$NL"\'')}'`;
}

/** A command by which any login shell starts a script that comes over standard input: fish and zsh quote in their own ways. */
export function scriptFromInput(script: string, variables: readonly string[] = []): string {
	const start = variables.length === 0 ? 'exec' : `exec env ${variables.join(' ')}`;
	return `${start} sh -c 'eval "$(dd bs=1 count=${Buffer.byteLength(script)} 2>/dev/null)"'`;
}
