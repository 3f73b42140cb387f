using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Approvals;

public sealed class ApprovalStoreTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Decide_Twice_SaysThatItIsDecided()
    {
        var asked = await AskAsync();
        await DecideAsync(asked.Id, true);

        Assert.Equal("approval_decided This is decided already: approved by Ann.", await DecideAsync(asked.Id, false));
        Assert.Single(practice.Writer.Signals);
        var view = (await practice.Approvals.FindAsync(practice.Tenant, asked.Id, default))!;
        Assert.Equal((ApprovalStatus.Approved, "Ann", "Why not"), (view.Status, view.DecidedBy, view.Comment));
    }

    [Fact]
    public async Task Decide_TimeIsOver_IsRefusedAlsoBeforeTheRunNoticed()
    {
        var asked = await AskAsync(expires: practice.Clock.GetUtcNow().AddHours(1));
        practice.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("approval_expired The time to decide is over.", await DecideAsync(asked.Id, true));
        Assert.Equal(ApprovalStatus.Expired, (await practice.Approvals.FindAsync(practice.Tenant, asked.Id, default))!.Status);
        Assert.Empty(await practice.Approvals.ListAsync(practice.Tenant, open: true, default));
        Assert.Empty(practice.Writer.Signals);
    }

    [Fact]
    public async Task Decide_RunIsOver_IsRefused()
    {
        var run = practice.Ids.New();
        using (var db = practice.CreateDbContext())
        {
            db.Runs.Add(new RunRow
            {
                Id = run,
                WorkspaceId = practice.Tenant.WorkspaceId,
                Environment = practice.Tenant.Environment,
                Status = RunStatus.Canceled,
                Cause = "manual",
            });
            db.SaveChanges();
        }

        var asked = await AskAsync(run);

        Assert.StartsWith("approval_withdrawn", await DecideAsync(asked.Id, true), StringComparison.Ordinal);
        Assert.True((await practice.Approvals.FindAsync(practice.Tenant, asked.Id, default))!.IsWithdrawn);
    }

    [Fact]
    public async Task ByToken_Address_IsFoundByItsSecretAlone()
    {
        var asked = await AskAsync();
        var token = asked.Url.Split('/')[^1];

        Assert.Equal(asked.Id, (await practice.Approvals.ByTokenAsync(token, default))!.Id);
        Assert.Null(await practice.Approvals.ByTokenAsync(token[..^1], default));
        Assert.Null(await practice.Approvals.ByTokenAsync("", default));
        using var db = practice.CreateDbContext();
        Assert.DoesNotContain(token, System.Text.Encoding.UTF8.GetString(db.Approvals.Single().ProtectedToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OtherTenant_SeesNothing()
    {
        var asked = await AskAsync();
        var other = practice.Tenant with { Environment = StudioEnvironment.Test };

        Assert.Null(await practice.Approvals.FindAsync(other, asked.Id, default));
        Assert.Empty(await practice.Approvals.ListAsync(other, open: true, default));
        var refused = await practice.Approvals.DecideAsync(other, asked.Id, true, "Eve", "", default);
        Assert.Equal("approval_unknown", refused.Problem!.Code);
    }

    [Fact]
    public async Task AskingRuns_AreThoseWithAnOpenApproval()
    {
        var (asks, decided, other) = (practice.Ids.New(), practice.Ids.New(), practice.Ids.New());
        await AskAsync(asks);
        await DecideAsync((await AskAsync(decided, key: "decided")).Id, true);
        await AskAsync(other, key: "other");
        var asking = new AskingRuns(practice);

        Assert.Equal([asks], await asking.AmongAsync(practice.Tenant, [asks, decided], default));
        Assert.Empty(await asking.AmongAsync(practice.Tenant with { Environment = StudioEnvironment.Test }, [asks], default));
        Assert.Empty(await asking.AmongAsync(practice.Tenant, [], default));
    }

    private Task<Approval> AskAsync(Guid? run = null, DateTimeOffset? expires = null, string key = "run:step") =>
        practice.Approvals.AskAsync(
            practice.Tenant, new ApprovalQuestion("Sure?", "", "", "Yes", "No", expires),
            new EffectSource(key, run ?? practice.Ids.New()), default);

    private async Task<string> DecideAsync(Guid id, bool approve)
    {
        var answer = await practice.Approvals.DecideAsync(practice.Tenant, id, approve, "Ann", "Why not", default);
        return answer.Has(out _, out var problem) ? "decided" : $"{problem.Code} {problem.Message}";
    }
}
