using WorkflowStudio.Hosting.Commands;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>Members, roles, grants, keys and the audit log from the shell.</summary>
public sealed class AccessCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-access-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Access_IsManagedFromTheShell()
    {
        await DoAsync("seed");
        await DoAsync("user create --email bo@b.test --name Bo --workspace bell");
        Assert.Matches("^http.*/account/new-password\\?token=[0-9a-f]{64}$", await DoAsync("user reset-link bo@b.test"));
        Assert.Equal("bo@b.test signs in with the password alone.", await DoAsync("user code-off bo@b.test"));
        Assert.Equal("bo@b.test is Editor, Operator of demo.",
            await DoAsync("members add bo@b.test --workspace demo --roles editor,operator"));
        Assert.Contains("  bo@b.test  Bo  Editor, Operator", await DoAsync("members list --workspace demo"), StringComparison.Ordinal);
        Assert.EndsWith("  Reception", await DoAsync("roles add Reception --workspace demo --permissions workflows.view,runs.view"),
            StringComparison.Ordinal);
        Assert.Equal("Reception: runs.view", await DoAsync("roles change Reception --workspace demo --permissions runs.view"));
        Assert.Contains("  Reception  runs.view", await DoAsync("roles list --workspace demo"), StringComparison.Ordinal);

        const string workflow = "intake-service-recovery-program --workspace demo";
        Assert.Contains("  shared  owner ", await DoAsync($"share {workflow} --visibility shared"), StringComparison.Ordinal);
        await DoAsync($"grants set {workflow} --to bo@b.test --level edit");
        Assert.Equal(["  edit  bo@b.test", "  view  role Reception"],
            (await DoAsync($"grants set {workflow} --to role:Reception --level view")).Split('\n').Skip(1).Select(l => l.TrimEnd('\r')));
        Assert.DoesNotContain("bo@b.test", await DoAsync($"grants remove {workflow} --to bo@b.test"), StringComparison.Ordinal);
        Assert.Contains("owner bo@b.test", await DoAsync($"owner {workflow} --to bo@b.test"), StringComparison.Ordinal);
        Assert.Equal("What is made in the studio is private in demo.",
            await DoAsync("share default --workspace demo --visibility private"));

        await DoAsync("keys create --workspace demo --name Net --networks 203.0.113.0/24 --expires 2999-01-31 --roles Reception "
            + "--users bo@b.test");
        var key = (await DoAsync("keys list --workspace demo")).Split('\n').Single(l => l.Contains("Net", StringComparison.Ordinal));
        Assert.Contains("valid until 2999-01-31", key, StringComparison.Ordinal);
        Assert.EndsWith("never used  from 203.0.113.0/24", key.TrimEnd(), StringComparison.Ordinal);

        Assert.Equal("bo@b.test is no member of demo any more.", await DoAsync("members remove bo@b.test --workspace demo"));
        var log = (await DoAsync("audit --workspace demo")).Split('\n');
        Assert.Contains("  Command line  member.removed  Bo", log[^1], StringComparison.Ordinal);
        Assert.Contains("  member.added  Bo  Roles: Editor, Operator.", log[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members roles dana@demo.test --workspace demo --roles viewer", 1,
        "There is no account dana@demo.test. user create makes one.")]
    [InlineData("user reset-link 01a202d0-d277-7ad2-b3e9-4195177afb81", 1,
        "There is no account 01a202d0-d277-7ad2-b3e9-4195177afb81. user create makes one.")]
    [InlineData("user code-off no@b.test", 1, "There is no account no@b.test. user create makes one.")]
    [InlineData("members add x@y.test --workspace demo", 2, "--roles is missing.")]
    [InlineData("roles add R --workspace demo --permissions fly", 2, null)]
    [InlineData("share nothing --workspace demo --visibility tenant", 1,
        "There is no workflow nothing in demo, live. Use the short name that its address has, or its id.")]
    [InlineData("share nothing --workspace demo --visibility secret", 2, "--visibility has to be private or tenant or shared.")]
    [InlineData("keys create --workspace demo --expires soon", 2,
        "--expires has to be a date such as 2027-01-31, or a time such as 2027-01-31T18:00Z.")]
    [InlineData("keys create --workspace demo --networks 10.0.0.1/99", 1,
        "\"10.0.0.1/99\" is no network. Write it like 203.0.113.0/24 or 2001:db8::/32, or as a single address.")]
    public async Task Command_ThatCannotBeDone_SaysWhyInOneLine(string command, int code, string? why)
    {
        await RunAsync("seed");
        var done = await RunAsync(command);
        Assert.Equal(code, done.Code);
        if (why is not null) Assert.Equal(why, done.Error.TrimEnd());
    }

    private async Task<string> DoAsync(string command)
    {
        var done = await RunAsync(command);
        Assert.True(done.Code == 0, $"{command}: {done.Error}");
        return done.Output.TrimEnd();
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string command)
    {
        using StringWriter output = new(), error = new();
        using var input = new StringReader("A-long-Password-1");
        var code = await CommandLine.RunAsync([.. command.Split(' '), "--data", folder], input, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
