using System.Diagnostics;

namespace WorkflowStudio.E2E.Support;

/// <summary>
/// A shell beside a running studio, in the folder of the checkout. What README calls <c>dotnet run</c> is the built app on the data folder
/// of that studio.
/// </summary>
internal sealed class Shell : IAsyncDisposable
{
    private const string Ended = "ended-with ";

    private const string Run = """
        dotnet() {
          case "$1 $2 $3 $4" in
            "run --project WorkflowStudio --") shift 4; command dotnet "$APP" "$@" --data "$DATA" ;;
            *) echo "This shell knows no dotnet $*" >&2; return 1 ;;
          esac
        }
        """;

    private readonly Process process;
    private readonly Task<string> errors;

    public Shell(StudioProcess studio)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = Checkout.Root,
        };
        start.Environment["APP"] = StudioProcess.App;
        start.Environment["DATA"] = studio.Folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment.Remove("STUDIO_DATA");
        start.Environment.Remove("STUDIO_DATABASE");
        process = Process.Start(start) ?? throw new InvalidOperationException("There is no bash.");
        process.StandardInput.WriteLine(Run);
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Enters commands and answers what they print; an end other than 0 is an error.</summary>
    public async Task<string> EnterAsync(string commands)
    {
        await process.StandardInput.WriteAsync($"{commands}\nended=$?; echo; echo {Ended}$ended\n");
        await process.StandardInput.FlushAsync();
        var printed = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ended, StringComparison.Ordinal)) printed.Add(line);
            else
                return line == Ended + "0"
                    ? string.Join('\n', printed).Trim()
                    : throw new InvalidOperationException($"{line}: {commands}\n{await EndAsync()}");
        }

        throw new InvalidOperationException($"The shell ended at: {commands}\n{await EndAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        process.Dispose();
    }

    private async Task<string> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await errors;
    }
}
