using System.Diagnostics;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Canvas;

/// <summary>
/// The canvas is TypeScript and has checks of its own, which the one test command runs, too: <c>npm run lint</c> and <c>npm test</c> in
/// wwwroot-assets.
/// </summary>
public sealed class CanvasChecks
{
    [Theory]
    [InlineData("lint")]
    [InlineData("test")]
    public async Task Canvas_PassesItsOwn(string script)
    {
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["run", script, "--silent"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "wwwroot-assets"), RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        })!;
        var (said, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();

        Assert.True(npm.ExitCode == 0, await said + await errors);
    }
}
