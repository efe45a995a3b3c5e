@echo off
rem The command line of the packaged application: the application itself, without a window.
"%~dp0..\..\Tickmark.exe" --command-line -- %*
