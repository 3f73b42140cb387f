using System.Diagnostics.CodeAnalysis;

namespace WorkflowStudio.Hosting;

/// <summary>Runtimes with a hole that the app cannot close itself are good for trying it out only.</summary>
internal static class SafeRuntime
{
    // before it, Data Protection accepts forged cookies and secrets (CVE-2026-40372)
    private static readonly Version Oldest = new(10, 0, 7);

    /// <summary>Whether the server may start on this runtime.</summary>
    public static bool IsSafe(Version runtime, IHostEnvironment environment, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = runtime >= Oldest || environment.IsDevelopment()
            ? null
            : new Refusal(2, $"The .NET runtime {runtime} accepts forged cookies. Install {Oldest} or newer.");
        return refusal is null;
    }
}
