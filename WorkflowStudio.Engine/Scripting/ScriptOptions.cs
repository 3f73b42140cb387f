using System.Diagnostics;
using System.Globalization;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>How scripts are run on this node.</summary>
public sealed record ScriptOptions
{
    // what a process needs to be found and to start; everything else around the server is none of a script's business
    private static readonly string[] Kept =
        ["PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SystemRoot", "TEMP", "TMP", "TMPDIR"];

    /// <summary>How many run at once. A workspace has all of them but one, so that another always finds a place.</summary>
    public int Places { get; init; } = 2;

    /// <summary>The program that runs them: one that calls <see cref="ScriptWorker.Run"/>; null where no scripts are run.</summary>
    public string? File { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Runs them in a process of the app.</summary>
    /// <param name="app">The path of the app's assembly.</param>
    public static ScriptOptions Of(string app)
    {
        var self = Environment.ProcessPath ?? "dotnet";
        var isApp = Path.GetFileNameWithoutExtension(self) == Path.GetFileNameWithoutExtension(app);
        return isApp ? new ScriptOptions { File = self, Arguments = [ScriptWorker.Command] } : new ScriptOptions
        {
            File = Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet",
            Arguments = [app, ScriptWorker.Command],
        };
    }

    internal ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(File!, Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var name in start.Environment.Keys.Except(Kept, StringComparer.OrdinalIgnoreCase).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_GCHeapHardLimit"] = ScriptLimits.Heap.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TZ"] = "UTC";
        return start;
    }
}
