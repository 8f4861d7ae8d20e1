; The setup program: for the person who runs it, without an administrator. Values come from nsis.py.
Unicode true
Target amd64-unicode
!include MUI2.nsh
!include x64.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AkimatDesk"
!define CLASS "AkimatDesk.Workspace"

Name "$(PROGRAM)"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\AkimatDesk"
InstallDirRegKey HKCU "Software\AkimatDesk" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave on
BrandingText "Akimat Desk ${VERSION}"
ManifestSupportedOS Win10
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Akimat Desk"
VIAddVersionKey /LANG=0 "FileDescription" "Akimat Desk setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_ICON "${TREE}\akimat-desk.ico"
!define MUI_UNICON "${TREE}\akimat-desk.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Akimat Desk.exe"
!define MUI_LANGDLL_WINDOWTITLE "Akimat Desk"
!define MUI_LANGDLL_INFO "Тіл / Язык / Language"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\AkimatDesk"
!define MUI_LANGDLL_REGISTRY_VALUENAME "SetupLanguage"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGEEX "${HERE}" "Kazakh"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "English"

LangString PROGRAM ${LANG_KAZAKH} "Әкімат үстелі"
LangString PROGRAM ${LANG_RUSSIAN} "Akimat Desk"
LangString PROGRAM ${LANG_ENGLISH} "Akimat Desk"
LangString FILE_KIND ${LANG_KAZAKH} "Әкімат үстелінің жұмыс файлы"
LangString FILE_KIND ${LANG_RUSSIAN} "Рабочий файл Akimat Desk"
LangString FILE_KIND ${LANG_ENGLISH} "Akimat Desk workspace"
LangString NOT_64 ${LANG_KAZAKH} "Әкімат үстелі 64 биттік Windows 10 және 11 жүйелерінде жұмыс істейді. Бұл компьютерге орнатуға болмайды."
LangString NOT_64 ${LANG_RUSSIAN} "Akimat Desk работает в 64-разрядных Windows 10 и 11. На этот компьютер программу установить нельзя."
LangString NOT_64 ${LANG_ENGLISH} "Akimat Desk runs on 64-bit Windows 10 and 11. It cannot be installed on this computer."
LangString RUNNING ${LANG_KAZAKH} "Бағдарлама ашық тұр. Оны жауып, орнатуды қайта бастаңыз."
LangString RUNNING ${LANG_RUSSIAN} "Программа открыта. Закройте ее и запустите установку снова."
LangString RUNNING ${LANG_ENGLISH} "The program is open. Close it and run the setup again."
LangString NOT_OURS ${LANG_KAZAKH} "Бұл қалтада басқа файлдар бар: $INSTDIR. Бос қалтаны таңдаңыз."
LangString NOT_OURS ${LANG_RUSSIAN} "В этой папке есть другие файлы: $INSTDIR. Выберите пустую папку."
LangString NOT_OURS ${LANG_ENGLISH} "This folder holds other files: $INSTDIR. Choose an empty folder."

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "$(NOT_64)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; Only what a setup of ours put there is ever removed: a folder with other files in it is not touched.
!macro REMOVE_PROGRAM
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\libraries"
  RMDir /r "$INSTDIR\programs"
  RMDir /r "$INSTDIR\data"
  Delete "$INSTDIR\Akimat Desk.exe"
  Delete "$INSTDIR\akimat-desk.exe"
  Delete "$INSTDIR\akimat-desk.ico"
  Delete "$INSTDIR\current.txt"
  Delete "$INSTDIR\CONTENTS.json"
  Delete "$INSTDIR\SHA256SUMS"
  Delete "$INSTDIR\SHA256SUMS.sig"
  Delete "$INSTDIR\READ_ME.txt"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\CHANGELOG.md"
!macroend

!macro STOP_IF_RUNNING
  IfFileExists "$INSTDIR\python\python${DIGITS}.dll" 0 +6
  ClearErrors
  Rename "$INSTDIR\python\python${DIGITS}.dll" "$INSTDIR\python\python${DIGITS}.dll"
  FileOpen $0 "$INSTDIR\python\python${DIGITS}.dll" a
  IfErrors running
  FileClose $0
  Goto free
  running:
    MessageBox MB_ICONSTOP "$(RUNNING)" /SD IDOK
    SetErrorLevel 2
    Quit
  free:
!macroend

Section
  IfFileExists "$INSTDIR\current.txt" ours 0
  IfFileExists "$INSTDIR\*.*" 0 ours
  FindFirst $0 $1 "$INSTDIR\*.*"
  look:
    StrCmp $1 "" empty
    StrCmp $1 "." next
    StrCmp $1 ".." next
    FindClose $0
    MessageBox MB_ICONSTOP "$(NOT_OURS)" /SD IDOK
    SetErrorLevel 2
    Quit
  next:
    FindNext $0 $1
    Goto look
  empty:
  FindClose $0
  ours:
  !insertmacro STOP_IF_RUNNING
  !insertmacro REMOVE_PROGRAM
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\$(PROGRAM)"
  CreateShortcut "$SMPROGRAMS\$(PROGRAM)\$(PROGRAM).lnk" "$INSTDIR\Akimat Desk.exe" "" "$INSTDIR\akimat-desk.ico"
  WriteRegStr HKCU "Software\AkimatDesk" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\AkimatDesk" "Menu" "$SMPROGRAMS\$(PROGRAM)"
  WriteRegStr HKCU "Software\Classes\.akimat" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "$(FILE_KIND)"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\akimat-desk.ico"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\Akimat Desk.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "$(PROGRAM)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\akimat-desk.ico"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro STOP_IF_RUNNING
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; goes only when nothing of a person's is in it
  ReadRegStr $0 HKCU "Software\AkimatDesk" "Menu"
  StrCmp $0 "" +2
  RMDir /r "$0"
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  ReadRegStr $0 HKCU "Software\Classes\.akimat" ""
  StrCmp $0 "${CLASS}" 0 +2
  DeleteRegKey HKCU "Software\Classes\.akimat"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\AkimatDesk"
SectionEnd
