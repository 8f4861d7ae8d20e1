/* python.exe and pythonw.exe for trial builds: hands its words to the Python library beside it.
   A release carries python.org's own (--python-embed-zip). */
#include <windows.h>

typedef int (*python_main)(int, wchar_t **);

static int start(int count, wchar_t **words)
{
    wchar_t path[32768];
    DWORD length = GetModuleFileNameW(NULL, path, 32768);
    if (length == 0 || length >= 32768)
        return 101;
    wchar_t *name = wcsrchr(path, L'\\');
    wcscpy(name + 1, PYTHON_DLL);
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (library == NULL)
        return 102;
    python_main run = (python_main)(void *)GetProcAddress(library, "Py_Main");
    return run == NULL ? 103 : run(count, words);
}

#ifdef WITHOUT_CONSOLE
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance; (void)before; (void)line; (void)show;
    return start(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **words)
{
    return start(count, words);
}
#endif
