using System.Diagnostics;
using Microsoft.Playwright;

namespace WorkflowStudio.E2E.Support;

/// <summary>Finds a browser: the one that <c>STUDIO_CHROMIUM</c> names, an installed one, or one that can be installed.</summary>
internal static class Chromium
{
    private static readonly string[] Installed =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];

    // a browser that talks to nobody but the studio
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

    /// <summary>Starts it.</summary>
    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var path = Environment.GetEnvironmentVariable("STUDIO_CHROMIUM");
        if (string.IsNullOrEmpty(path)) path = Find();
        if (path is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0) path = InstallDebianPackage();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    private static string? Find() => Installed.FirstOrDefault(File.Exists);

    private static string InstallDebianPackage()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("apt-get", "update")
            && Run("apt-get", "install", "-y", "chromium", "fonts-liberation") && Find() is { } path) return path;
        throw new InvalidOperationException(
            "The browser tests need Chromium. Install the package chromium (or Google Chrome), or name an executable in STUDIO_CHROMIUM.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            { RedirectStandardOutput = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } });
            if (process is null) return false;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
