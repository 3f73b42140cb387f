using System.Diagnostics;

namespace WorkflowStudio.Tests.Support.Postgres;

/// <summary>
/// Finds a PostgreSQL for tests: the server that <c>STUDIO_TEST_POSTGRES</c> names, installed binaries, or Debian's package when it may be
/// installed.
/// </summary>
internal static class PostgresBinaries
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>A connection string of a server on which databases may be made; null when tests start one themselves.</summary>
    public static string? Server => Environment.GetEnvironmentVariable("STUDIO_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Server is not null || Folder is not null
        ? null
        : "No PostgreSQL: set STUDIO_TEST_POSTGRES to a connection string that may create databases, or install the package postgresql.";

    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>; null when there is none.</summary>
    public static string? Folder => Found.Value;

    private static string? Find()
    {
        if (Installed() is { } folder) return folder;
        return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("apt-get", "update")
            && Run("apt-get", "install", "-y", "--no-install-recommends", "postgresql") ? Installed() : null;
    }

    private static string? Installed()
    {
        string[] debian = Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))] : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } });
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
