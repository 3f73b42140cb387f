using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What a step is given as a secret stands nowhere in what the run records.</summary>
public sealed class SecretMaskTests
{
    private const string Config = """{"token":"Bearer t0p-secret","fails":FAILS}""";

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Run_OfAStepWithASecret_RecordsItNowhere(string fails)
    {
        await using var engine = await EngineHarness.StartAsync(new LeakyNode());
        var flow = Flows.Of("trigger > a:leaky").Setting("a", Config.Replace("FAILS", fails, StringComparison.Ordinal));

        var run = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done, RunStatus.Failed);

        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var journal = string.Join("\n",
            (await db.RunEvents.Select(e => e.Payload).ToListAsync()).Select(p => p is null ? "" : JsonElement.Parse(p).GetRawText()));
        foreach (var leak in new[] { "t0p-secret", "c0nnected" })
            Assert.DoesNotContain(leak, journal + run.Header.ErrorMessage + run.SettingsUsed("a").GetRawText(), StringComparison.Ordinal);
        var log = run.Entries.Select(e => e.Event).OfType<Engine.Runtime.State.RunEvent.Log>().Select(l => l.Text);
        Assert.Equal(["Calls with ●●● and ●●●"], log);
        Assert.Equal("●●●", run.SettingsUsed("a").GetProperty("token").GetString());
        if (fails == "true") Assert.Equal("a: Refused ●●●.", run.Header.ErrorMessage);
        else Assert.Equal("""{"echo":"got ●●●","list":["●●●",1],"●●●":"name"}""", Regex.Unescape(run.Step("a").Output.GetRawText()));
    }

    [Theory]
    [InlineData("abc", "abc stays")]
    [InlineData("abcd", "●●● goes")]
    public void Of_AShortValue_IsLeftAlone(string secret, string expected)
    {
        var mask = new SecretMask();
        mask.Add(secret);

        Assert.Equal(expected, mask.Of(expected.Replace("●●●", secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_OneSecretInsideAnother_MasksTheWhole()
    {
        var mask = new SecretMask();
        mask.Add("abcd");
        mask.Add("abcd-efgh");

        Assert.Equal("●●● ●●●", mask.Of("abcd-efgh abcd"));
    }

    [Step("leaky", "Leaky", NodeGroup.Http, "circle", Does = "Tells everything.", Example = "{}")]
    private sealed class LeakyNode : NodeType<LeakySettings>
    {
        public override NodeSchema Output => NodeSchema.None;

        public override ValueTask<NodeOutcome> ExecuteAsync(LeakySettings settings, NodeInput input, CancellationToken cancellationToken)
        {
            input.Conceal("c0nnected");
            input.Log(NodeLogLevel.Info, $"Calls with {settings.Token} and c0nnected");
            return ValueTask.FromResult<NodeOutcome>(settings.Fails
                ? new NodeOutcome.Failed("refused", $"Refused {settings.Token}.")
                : new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new Dictionary<string, object>
                { ["echo"] = $"got {settings.Token}", ["list"] = new object[] { "t0p-secret", 1 }, ["c0nnected"] = "name" })));
        }
    }

    private sealed record LeakySettings
    {
        [Setting("Token", Secret = true)]
        public string Token { get; init; } = "";

        [Setting("Fails")]
        public bool Fails { get; init; }
    }
}
