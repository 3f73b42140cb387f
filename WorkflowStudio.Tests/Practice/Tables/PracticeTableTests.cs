using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Tables;

/// <summary>What every table of practice data does, asked of properties, over both databases.</summary>
public abstract class PracticeTableTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Page_IsNarrowedSearchedAndSorted()
    {
        await AddAsync(("title", "Loft"), ("price", 1_200m), ("city", "Houston"), ("bedrooms", 1), ("petsAllowed", true));
        await AddAsync(("title", "100% garden"), ("price", 1_450.5m), ("city", "Houston"), ("availableFrom", new DateOnly(2026, 6, 15)));
        await AddAsync(("title", "Castle"), ("price", 900_000m), ("deal", "sale"), ("city", "Dallas"), ("reference", "C_1"));

        Assert.Equal("Castle, 100% garden, Loft", await FoundAsync(RecordQuery.All));
        Assert.Equal("100% garden", await FoundAsync(new RecordQuery("0% ", [])));
        Assert.Equal("Castle", await FoundAsync(new RecordQuery("c_1", [])));
        Assert.Equal("100% garden, Loft", await FoundAsync(Where("city", FilterRule.Is, "Houston")));
        Assert.Equal("Castle", await FoundAsync(Where("deal", FilterRule.Is, "sale")));
        Assert.Equal("Loft", await FoundAsync(Where("petsAllowed", FilterRule.Is, true)));
        Assert.Equal("Castle, 100% garden", await FoundAsync(Where("price", FilterRule.AtLeast, 1_450.5m)));
        Assert.Equal("Loft", await FoundAsync(Where("price", FilterRule.AtMost, 1_450.4999m)));
        Assert.Equal("100% garden", await FoundAsync(Where("availableFrom", FilterRule.AtMost, new DateOnly(2026, 6, 15))));
        Assert.Equal("Loft, 100% garden, Castle", await FoundAsync(RecordQuery.All with { Sort = "price" }));
        Assert.Equal("Castle, 100% garden, Loft", await FoundAsync(RecordQuery.All with { Sort = "price", Descending = true }));
        var second = await Table.PageAsync(practice.Tenant, RecordQuery.All, 1, 1, default);
        Assert.Equal(("100% garden", 3), (Assert.Single(second.Items).Title, second.Total));
    }

    [Fact]
    public async Task Change_OfOneField_LeavesTheOthers()
    {
        var made = await AddAsync(("title", "Loft"), ("price", 1_200m), ("city", "Houston"));
        var changed = Done(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("price", 1_150.25m)), default));

        Assert.Equal((1_150.25m, "Houston", "usd"),
            (Table.Value(changed, "price"), Table.Value(changed, "city"), Table.Value(changed, "currency")));
        Assert.Equal(changed.Values, (await Table.FindAsync(practice.Tenant, made.Id, default))!.Values);
    }

    [Fact]
    public async Task WhatCannotBe_IsToldAndNothingIsStored()
    {
        Assert.Equal([new("title", "Title is missing.")], Wrong(await Table.AddAsync(practice.Tenant, Values(), null, default)));
        var made = await AddAsync(("title", "Loft"), ("price", 1_200m));
        Assert.Equal([new("title", "Title is missing.")],
            Wrong(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("title", null), ("price", 7m)), default)));
        Assert.Equal([new("price", "An amount in USD has at most 2 decimals.")],
            Wrong(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("price", 7.001m), ("city", "X")), default)));
        Assert.Equal([new("currency", "XXQ is no currency of ISO 4217, such as USD or EUR.")],
            Wrong(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("currency", "XXQ")), default)));
        Assert.Equal(made.Values, (await Table.FindAsync(practice.Tenant, made.Id, default))!.Values);
    }

    [Fact]
    public async Task OfOthers_NothingIsFoundChangedOrRemoved()
    {
        var made = await AddAsync(("title", "Loft"));
        foreach (var tenant in new[]
        {
            new Tenant(practice.Ids.New(), StudioEnvironment.Live), practice.Tenant with { Environment = StudioEnvironment.Test },
        })
        {
            Assert.Null(await Table.FindAsync(tenant, made.Id, default));
            Assert.IsType<RecordOutcome.Unknown>(await Table.ChangeAsync(tenant, made.Id, Values(("title", "Mine")), default));
            Assert.IsType<RecordOutcome.Unknown>(await Table.RemoveAsync(tenant, made.Id, default));
            Assert.Empty((await Table.PageAsync(tenant, RecordQuery.All, 0, 10, default)).Items);
            var line = new ImportLine(2, made.Id, Values(("title", "Mine")), []);
            Assert.Equal(LineResult.Refused, Assert.Single(await Table.TakeAsync(tenant, [line], false, default)).Result);
        }

        Assert.Equal("Loft", (await Table.FindAsync(practice.Tenant, made.Id, default))!.Title);
    }

    [Fact]
    public async Task File_ComesBackAsTheSame()
    {
        await AddAsync(("title", "=cmd|'/c calc'!A0"), ("description", "Two lines,\nand \"quotes\"; ünï 🏠"), ("price", 1_200.5m));
        await AddAsync(("title", "'+1 quoted"), ("reference", "-7"), ("availableFrom", new DateOnly(2026, 6, 15)), ("petsAllowed", true));
        await AddAsync(("title", "@home"), ("url", "https://example.org/?a=1&b=2"));
        var file = await FileAsync();

        Assert.DoesNotMatch("(?m)(^|,)\"?[=+@-]", file);
        Assert.Null(RecordFile.Read(Table, file, out var lines));
        Assert.All(lines, l => Assert.Empty(l.Problems));
        Assert.All(await Table.TakeAsync(practice.Tenant, lines, false, default), l => Assert.Equal(LineResult.Same, l.Result));
        Assert.Equal(file, await FileAsync());

        using var other = new PracticeFixture();
        var fresh = lines.Select(l => l with { Id = null }).ToList();
        Assert.All(await other.Properties.TakeAsync(other.Tenant, fresh, false, default), l => Assert.Equal(LineResult.Added, l.Result));
    }

    [Fact]
    public async Task Import_SaysBeforeWhatWillBecomeOfIt_AndDoesThat()
    {
        var made = await AddAsync(("title", "Loft"), ("reference", "A1"), ("price", 1_200m));
        const string File = """
            Title;Reference;Price;Status
            Loft;A1;1300;available
            Garden;A2;1,450.00;on hold
            ;A3;1;available
            Twice;A2;1500;available
            """;
        Assert.Null(RecordFile.Read(Table, File, out var lines));
        var would = await Table.TakeAsync(practice.Tenant, lines, true, default);
        Assert.Equal("2 Changed Loft, 3 Added Garden, 4 Refused , 5 Changed Twice", Told(would));
        Assert.Equal(1, (await Table.PageAsync(practice.Tenant, RecordQuery.All, 0, 10, default)).Total);

        var did = await Table.TakeAsync(practice.Tenant, lines, false, default);
        Assert.Equal("2 Changed Loft, 3 Added Garden, 4 Refused , 5 Changed Twice", Told(did));
        Assert.Equal("Loft, Twice", await FoundAsync(RecordQuery.All with { Sort = "title" }));
        Assert.Equal(1_300m, Table.Value((await Table.FindAsync(practice.Tenant, made.Id, default))!, "price"));

        static string Told(IEnumerable<LineOutcome> lines) =>
            string.Join(", ", lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Number} {l.Result} {l.Title}")));
    }

    [Theory]
    [InlineData("", "The file is empty. Its first line names the fields.")]
    [InlineData("title\n", "The file has names of fields and no line below them.")]
    [InlineData("titel\nx", "There is no field titel. Did you mean title?")]
    [InlineData("title,Title\nx,y", "The first line names title twice.")]
    public void File_ThatIsNone_IsRefused(string text, string message) =>
        Assert.Equal(message, RecordFile.Read(Table, text, out _)?.Message);

    [Theory]
    [InlineData("id,title\nnonsense,x", "id", "The id is none. Leave it empty for what is new.")]
    [InlineData("title,price\nx,cheap", "price", "Price has to be a number from 0 to 1,000,000,000 with at most four decimals.")]
    [InlineData("title,price\nx,-1", "price", "Price has to be a number from 0 to 1,000,000,000 with at most four decimals.")]
    [InlineData("title,bedrooms\nx,1.5", "bedrooms", "Bedrooms has to be a whole number from 0 to 100.")]
    [InlineData("title,status\nx,sold", "status", "Status is one of available, on_hold, taken, hidden.")]
    [InlineData("title,availableFrom\nx,31/12/2026", "availableFrom", "Available from has to be a day such as 2026-11-30.")]
    [InlineData("title,url\nx,javascript:alert(1)", "url", "Web page has to be an address of the web, such as https://example.org/flat.")]
    [InlineData("title,petsAllowed\nx,maybe", "petsAllowed", "Pets allowed is true or false.")]
    [InlineData("title\nx,y", "", "The line has 2 cells, the first line names 1.")]
    public void Line_ThatCannotBeRead_IsToldWithItsPlace(string text, string field, string message)
    {
        Assert.Null(RecordFile.Read(Table, text, out var lines));
        Assert.Equal([new FieldProblem(field, message)], Assert.Single(lines).Problems);
    }

    [Fact]
    public void File_OfTooManyLines_IsRefused() => Assert.Equal(
        "The file has more than 10,000 lines. Take it apart, and import one part after the other.",
        RecordFile.Read(Table, "title\n" + string.Concat(Enumerable.Repeat("x\n", RecordFile.MostLines + 1)), out _)?.Message);

    private PracticeTable Table => practice.Properties;

    private async Task<PracticeRecord> AddAsync(params (string, object?)[] values)
    {
        practice.Clock.Advance(TimeSpan.FromSeconds(1));
        return Done(await Table.AddAsync(practice.Tenant, Values(values), null, default));
    }

    private async Task<string> FoundAsync(RecordQuery query) =>
        string.Join(", ", (await Table.PageAsync(practice.Tenant, query, 0, 10, default)).Items.Select(i => i.Title));

    private async Task<string> FileAsync()
    {
        using var to = new StringWriter();
        await RecordFile.WriteAsync(Table, Table.AllAsync(practice.Tenant, RecordQuery.All, default), to, default);
        return to.ToString();
    }

    private static RecordQuery Where(string field, FilterRule rule, object? value) => new(null, [new(field, rule, value)]);

    private static PracticeRecord Done(RecordOutcome outcome) => Assert.IsType<RecordOutcome.Done>(outcome).Record;

    private static IReadOnlyList<FieldProblem> Wrong(RecordOutcome outcome) => Assert.IsType<RecordOutcome.Wrong>(outcome).Problems;

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value);
}
