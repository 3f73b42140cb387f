using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class SearchBoxTests : BunitContext
{
    private readonly List<string?> told = [];

    private readonly PauseClock clock = new();

    public SearchBoxTests() => Services.AddSingleton<TimeProvider>(clock);

    [Fact]
    public async Task Typing_TwoLettersAtOnce_TellsTheLastAndKeepsIt()
    {
        var box = Box(null);
        var first = box.Find("input").InputAsync("f");
        var second = box.Find("input").InputAsync(" fi ");
        clock.EndPauses();
        await Task.WhenAll(first, second);
        Assert.Equal(["fi"], told);
        Assert.Equal(" fi ", Shown(box));
    }

    [Fact]
    public async Task Value_ComingBackFromThePage_LeavesWhatIsTypedSince()
    {
        var box = Box(null);
        await TypeAsync(box, "fi ");
        box.Render(p => p.Add(b => b.Value, "fi"));
        Assert.Equal("fi ", Shown(box));
    }

    [Fact]
    public async Task Value_ClearedByThePage_EmptiesTheField()
    {
        var box = Box(null);
        await TypeAsync(box, "fi");
        box.Render(p => p.Add(b => b.Value, "fi"));
        box.Render(p => p.Add(b => b.Value, null));
        Assert.Equal("", Shown(box));
    }

    [Fact]
    public void Value_FromTheAddress_IsShown() => Assert.Equal("five", Shown(Box("five")));

    private static string? Shown(IRenderedComponent<SearchBox> box) => box.Find("input").GetAttribute("value");

    private Task TypeAsync(IRenderedComponent<SearchBox> box, string text)
    {
        var typed = box.Find("input").InputAsync(text);
        clock.EndPauses();
        return typed;
    }

    private IRenderedComponent<SearchBox> Box(string? value) =>
        Render<SearchBox>(p => p.Add(b => b.Label, "Find").Add(b => b.Value, value).Add(b => b.ValueChanged, told.Add));

    /// <summary>Pauses last until they are ended.</summary>
    private sealed class PauseClock : TimeProvider
    {
        private readonly List<Pause> pauses = [];

        public void EndPauses() => pauses.ToList().ForEach(p => p.End());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var pause = new Pause(() => callback(state));
            pauses.Add(pause);
            return pause;
        }
    }

    private sealed class Pause(Action over) : ITimer
    {
        private bool ended;

        public void End()
        {
            if (!ended) over();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !ended;

        public void Dispose() => ended = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
