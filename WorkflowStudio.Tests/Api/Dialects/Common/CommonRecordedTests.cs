using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Common;

/// <summary>Each message of what all dialects have, in each of them, as it was recorded.</summary>
[Collection(StudioAppTests.Name)]
public sealed class CommonRecordedTests(StudioApp app)
{
    private static readonly RecordedFiles Files = new("Common");

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var place in CommonPlaces.All)
                foreach (var message in CommonMessages.All.Keys) names.Add(place.Name, message);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string dialect, string message)
    {
        var at = CommonPlaces.All.Single(p => p.Name == dialect);
        await Files.CheckAsync($"{dialect}_{message}", await CommonMessages.All[message](at, await at.CallAsync(app)));
    }

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(
        CommonPlaces.All.SelectMany(p => CommonMessages.All.Keys.Select(m => $"{p.Name}_{m}")).Order(StringComparer.Ordinal), Files.Names);
}
