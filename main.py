"""Start Caring Street: makes its own environment beside it on the first run, then hands over. Standard library only."""

import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(ENVIRONMENT, "Scripts" if os.name == "nt" else "bin", "python.exe" if os.name == "nt" else "python")
STAMP = os.path.join(ENVIRONMENT, ".installed")
LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock"}
SCREEN_LIBRARIES = (
    "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 fonts-noto-cjk "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
)


def stop(chinese, english):
    """End with one sentence in both languages."""
    sys.stderr.write(chinese + "\n" + english + "\n")
    sys.exit(3)


def wanted(kind):
    """The text that tells whether the environment is up to date."""
    with open(os.path.join(ROOT, LOCKS[kind]), encoding="utf-8") as lock:
        return kind + "\n" + lock.read()


def installed():
    """What the environment was made from; empty where it was never finished."""
    try:
        with open(STAMP, encoding="utf-8") as stamp:
            return stamp.read()
    except OSError:
        return ""


def usable():
    """Whether the environment starts, is this one and was made by the Python that it runs: a copied one may not, whatever it says."""
    try:
        with open(os.path.join(ENVIRONMENT, "pyvenv.cfg"), encoding="utf-8") as config:
            pairs = [line.partition("=") for line in config]
    except (OSError, ValueError):
        return False
    said = {name.strip(): value.strip() for name, _, value in pairs}
    asked = "import pip, sys; sys.stdout.buffer.write(('%d.%d.|' % sys.version_info[:2] + sys.prefix).encode('utf-8', 'surrogateescape'))"
    try:
        found = subprocess.run([PYTHON, "-I", "-c", asked], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    version, _, prefix = found.decode("utf-8", "surrogateescape").partition("|")
    made_by = said.get("version", said.get("version_info", version))
    return os.path.realpath(prefix) == os.path.realpath(ENVIRONMENT) and (made_by + ".").startswith(version)


def remove_unusable():
    """Take an environment away that was copied, is broken or lost its Python, with the stamp that nobody may trust then."""
    if not os.path.lexists(ENVIRONMENT) or usable():
        return
    sys.stderr.write(
        "程式環境不能用(可能由另一部電腦複製,或 Python 已移除),現正重新建立。\n"
        "The program's environment cannot be used (copied from another computer, or its Python is gone); it is made anew.\n"
    )
    try:
        if os.path.islink(ENVIRONMENT):
            os.unlink(ENVIRONMENT)
        else:
            shutil.rmtree(ENVIRONMENT)
    except OSError as error:
        stop(
            f"未能移除 {ENVIRONMENT}({error.strerror})。請關閉愛心街,刪除這個資料夾後再試。",
            f"{ENVIRONMENT} cannot be removed ({error.strerror}). Close Caring Street, delete this folder and start again.",
        )


def up_to_date(kind):
    """The test environment serves for running, too."""
    present = installed()
    if not os.path.exists(PYTHON):
        return False
    if present == wanted(kind):
        return True
    return kind == "run" and present == wanted("test")


def make_environment():
    """Make .venv; on a bare Debian the part that does it is a package of its own."""
    try:
        import venv

        venv.create(ENVIRONMENT, with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        stop(
            "未能建立程式環境。請先執行:sudo apt install python3-venv",
            "The environment could not be made. Run this first: sudo apt install python3-venv",
        )
    except OSError as error:
        stop(
            f"未能寫入資料夾 {ROOT}({error.strerror})。請將程式移到自己的資料夾,例如「文件」。",
            f"The folder {ROOT} cannot be written ({error.strerror}). Move the program to a folder of your own.",
        )


def install(kind):
    """Bring the environment up to date; the stamp is written last, so that a broken run starts again."""
    print("首次設定,請稍候幾分鐘。 Setting up, once; please wait a few minutes.", file=sys.stderr)
    sys.stderr.flush()
    if not os.path.exists(PYTHON):
        make_environment()
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", os.path.join(ROOT, LOCKS[kind])]
    if subprocess.call(command) != 0:
        stop(
            "未能下載所需部件。請連接互聯網後再試;已下載的會保留。",
            "The parts that are needed could not be fetched. Connect to the internet and start again; nothing is lost.",
        )
    try:
        with open(STAMP, "w", encoding="utf-8") as stamp:
            stamp.write(wanted(kind))
    except OSError as error:
        stop(f"未能寫入 {STAMP}({error})。", f"{STAMP} cannot be written ({error}).")


def inside():
    """Whether this Python is the environment's own."""
    return os.path.realpath(sys.prefix) == os.path.realpath(ENVIRONMENT)


def hand_over():
    """Run this same command in the environment, making it first where needed."""
    kind = "test" if sys.argv[1:2] == ["test"] else "run"
    remove_unusable()
    if not up_to_date(kind):
        install(kind)
    try:
        return subprocess.call([PYTHON, os.path.abspath(__file__), *sys.argv[1:]])
    except KeyboardInterrupt:
        return 130


def run_checks(arguments):
    """Lint, types and all tests; with arguments only those tests. Returns the exit status."""
    steps = []
    pytest = [sys.executable, "-m", "pytest"]
    screen = dict(os.environ)
    if sys.platform.startswith("linux") and not (screen.get("DISPLAY") or screen.get("WAYLAND_DISPLAY")):
        screen["QT_QPA_PLATFORM"] = "offscreen"
    if arguments:
        return subprocess.call(pytest + arguments, cwd=ROOT, env=screen)
    steps.append(([sys.executable, "-m", "ruff", "check", "."], os.environ))
    steps.append(([sys.executable, "-m", "ruff", "format", "--check", "."], os.environ))
    steps.append(([sys.executable, "-m", "mypy"], os.environ))
    xvfb = shutil.which("xvfb-run")
    if xvfb:
        steps.append(
            (
                [xvfb, "-a", "-s", "-screen 0 1366x768x24", *pytest, "-m", "xvfb", "-q"],
                dict(os.environ, QT_QPA_PLATFORM="xcb"),
            )
        )
    elif sys.platform.startswith("linux"):
        stop("測試需要 xvfb:sudo apt install xvfb xauth", "The tests need Xvfb: sudo apt install xvfb xauth")
    # A file's tests stay together: they share what is made once for a file.
    steps.append(([*pytest, "-m", "not xvfb", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"], screen))
    failed = 0
    for command, environment in steps:
        failed = subprocess.call(command, cwd=ROOT, env=environment) or failed
    return failed


def start(arguments):
    """Open the window, or run a verb without one."""
    if arguments[:1] == ["test"]:
        return run_checks(arguments[1:])
    if arguments and not arguments[0].startswith("--demo") and not arguments[0].endswith(".caringstreet"):
        from caringstreet.cli import main

        return main(arguments)
    try:
        from ui.app import main as open_window
    except ImportError as error:
        if "lib" not in str(error):
            raise
        stop(
            f"缺少系統部件({error})。請執行:sudo apt install {SCREEN_LIBRARIES}",
            f"A part of the system is missing ({error}). Run: sudo apt install {SCREEN_LIBRARIES}",
        )
    return open_window(arguments)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        stop("愛心街需要 Python 3.11 或以上。", "Caring Street needs Python 3.11 or newer.")
    sys.exit(start(sys.argv[1:]) if inside() else hand_over())
