@echo off
rem The checks of "dev.py build smoke-windows", on a real Windows. Run it beside the setup program:
rem     check_windows.cmd AkimatDesk-0.1.0-setup.exe
rem It installs for this person into a folder of its own, tries the program, removes it and says what it saw.
setlocal
chcp 65001 >nul
set "SETUP=%~f1"
if not exist "%SETUP%" (
  echo Name the setup program: %~nx0 AkimatDesk-0.1.0-setup.exe
  exit /b 2
)
set "PLACE=%TEMP%\Әкімат сынағы"
set "FOLDER=%PLACE%\Бағдарлама орны"
ver
if exist "%PLACE%" rmdir /s /q "%PLACE%"
mkdir "%PLACE%"

echo == silent installation
start /wait "" "%SETUP%" /S /D=%FOLDER%
if errorlevel 1 goto failed
if not exist "%FOLDER%\Akimat Desk.exe" goto failed
call :step "selftest" "%FOLDER%\python\python.exe" -m akimat_desk selftest
call :step "starter of the command line" "%FOLDER%\akimat-desk.exe" --version
call :step "selftest with the window" "%FOLDER%\akimat-desk.exe" selftest --window
call :step "example and reports" "%FOLDER%\akimat-desk.exe" demo --no-window --dir "%PLACE%\үлгі"
call :step "file type" reg query HKCU\Software\Classes\.akimat
echo mine> "%FOLDER%\file.akimat"
echo == removal
start /wait "" "%FOLDER%\uninstall.exe" /S _?=%FOLDER%
if errorlevel 1 goto failed
if exist "%FOLDER%\python" goto failed
if not exist "%FOLDER%\file.akimat" goto failed
rmdir /s /q "%PLACE%"
echo EVERY CHECK PASSED
exit /b 0

:step
echo == %~1
shift
%1 %2 %3 %4 %5 %6 %7 %8 %9
if errorlevel 1 goto failed
exit /b 0

:failed
echo FAILED. The folder "%PLACE%" was left to be looked at.
exit 1
