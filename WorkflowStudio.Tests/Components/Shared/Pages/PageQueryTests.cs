using System.Reflection;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Components.Account;
using WorkflowStudio.Components.Home;
using WorkflowStudio.Components.Practice;
using WorkflowStudio.Components.Practice.Papers;
using WorkflowStudio.Components.Practice.Talks;
using WorkflowStudio.Components.People;
using WorkflowStudio.Components.Practice.Billing;
using WorkflowStudio.Components.Practice.Forms;
using WorkflowStudio.Components.Practice.Records;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Schedules;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Components.Templates;
using WorkflowStudio.Components.Workflows;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Components.Shared.Pages;

/// <summary>What every page keeps in its address comes back from it, and whatever else stands there does no harm.</summary>
public sealed class PageQueryTests
{
    private static readonly Guid Id = Guid.Parse("01a202d0-d277-7ad2-b3e9-4195177afb81");

    // of each page all that can be chosen
    private static readonly object[] Chosen =
    [
        new HomeQuery(HomeRange.Quarter),
        new RunListQuery("failed", Id, "webhook", "maria lópez & co", Id, RunListQuery.Tests),
        new WorkflowListQuery("intake", "paused", "webhook", 3),
        new TemplatesQuery("invoices & reviews", "leads"),
        new TriggerLogQuery("refused", 4_000_000_000),
        new SchedulesQuery(Id),
        new CalendarQuery(new DateOnly(2026, 11, 23)),
        new OutboxQuery("email", Id, Id),
        new InboxQuery("unread", "maria lópez & co", 3, Id),
        new DocumentsQuery("letter & co", 3, Id),
        new InvoicesQuery("overdue", Id, Id, "lopez"),
        new AuditQuery(Id),
        new AccountQuery("password-changed"),
        new FormsQuery("intake & co", "open", 2),
        new FormQuery(FormQuery.Sent, 3, Id),
        new RecordsQuery("loft & garden", "status:on_hold,kind:house", 3, Id),
    ];

    private static readonly string[] Hostile =
    [
        "", " ", "nonsense", "-1", "0", "3.5", "99999999999999999999", "null", "true", "wf_zzz", "run_", "_", "FAILED",
        "0001-01-01", "9999-12-31", "2026-02-30", "2026-11-23T00:00", "\0", "\u0007bell", "line\r\nbreak",
        "'; drop table runs --", "<script>", "{{secrets.key}}", "%", "../..", "\ud83d\ude00",
        new('x', 10_000), new('9', 10_000), new('\u202e', 10_000),
    ];

    private static IReadOnlyList<Type> All { get; } =
        [.. typeof(IPageQuery<>).Assembly.GetTypes().Where(t => !t.IsAbstract && t.GetInterfaces().Any(IsPageQuery))];

    public static TheoryData<Type> Queries => [.. All];

    public static TheoryData<Type, string, int> Attacks
    {
        get
        {
            var attacks = new TheoryData<Type, string, int>();
            foreach (var query in All)
                foreach (var parameter in Parameters(Default(query)).Keys)
                    for (var i = 0; i < Hostile.Length; i++) attacks.Add(query, parameter, i);
            return attacks;
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_AllChosen_ComesBackFromItsAddress(Type query)
    {
        var chosen = Assert.Single(Chosen, c => c.GetType() == query);
        Assert.DoesNotContain(Parameters(chosen), p => p.Value is null); // else one of them is not held here
        Assert.Equal(chosen, Of(query, Address(Parameters(chosen))));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_NothingChosen_StandsNowhereInTheAddress(Type query) =>
        Assert.All(Parameters(Default(query)), p => Assert.Null(p.Value));

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Query_WhatCannotBeRead_CountsAsNotGiven(Type query, string parameter, int hostile)
    {
        var read = Of(query, QueryHelpers.AddQueryString("/studio", parameter, Hostile[hostile]));
        var isText = parameter == "q" && Hostile[hostile].Length <= AddressValues.LongestText && !Hostile[hostile].Any(char.IsControl);
        if (!isText) Assert.Equal(Default(query), read);
        Assert.Equal(read, Of(query, Address(Parameters(read))));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("?&&==&=x")]
    [InlineData("?status")]
    [InlineData("?status=%")]
    [InlineData("?status=%zz%00")]
    [InlineData("?status=%ed%a0%80")]
    [InlineData("?status=running%00")]
    [InlineData("#status=running")]
    public void Query_OfAnAddressThatIsNone_IsTheDefault(string address) =>
        Assert.Equal(new RunListQuery(), RunListQuery.Of(AddressValues.Of(address)));

    [Fact]
    public void Query_GivenTwice_IsTheFirst() =>
        Assert.Equal("failed", RunListQuery.Of(AddressValues.Of("/studio/runs?STATUS=failed&status=done#status=paused")).Status);

    [Fact]
    public void Addresses_ThatOtherPagesLeadTo_AreReadAsMeant()
    {
        Assert.Equal(new RunListQuery("waiting"), RunListQuery.Of(AddressValues.Of(StudioUrls.WaitingRuns)));
        Assert.Equal(new RunListQuery(Workflow: Id), RunListQuery.Of(AddressValues.Of(StudioUrls.RunsOf(Id))));
        Assert.Equal(new RunListQuery("failed", Id), RunListQuery.Of(AddressValues.Of(StudioUrls.FailedRunsOf(Id))));
        // as people copy it from elsewhere
        Assert.Equal(new RunListQuery(Workflow: Id), RunListQuery.Of(AddressValues.Of($"?workflow={Id}")));
    }

    private static bool IsPageQuery(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPageQuery<>);

    private static object Default(Type query) => Of(query, "/studio");

    private static object Of(Type query, string address) => typeof(PageQueryTests)
        .GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(query).Invoke(null, [address])!;

    private static TQuery Read<TQuery>(string address)
        where TQuery : IPageQuery<TQuery> => TQuery.Of(AddressValues.Of(address));

    private static IReadOnlyDictionary<string, object?> Parameters(object query) => ((dynamic)query).ToParameters();

    // as NavigationManager writes them
    private static string Address(IReadOnlyDictionary<string, object?> parameters) => QueryHelpers.AddQueryString(
        "https://studio.example.com/studio",
        parameters.Where(p => p.Value is not null)
            .Select(p => KeyValuePair.Create(p.Key, (string?)FormattableString.Invariant($"{p.Value}"))));
}
