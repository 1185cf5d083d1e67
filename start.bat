@echo off
chcp 65001 >nul
cd /d "%~dp0"
where py >nul 2>nul && (py -3 main.py %* & goto end)
where python >nul 2>nul && (python main.py %* & goto end)
echo 請先從 Microsoft Store 或 python.org 安裝 Python 3.11 或以上(毋須管理員權限)。
echo Please install Python 3.11 or newer from the Microsoft Store or python.org first (no administrator needed).
pause
:end
if errorlevel 1 pause
