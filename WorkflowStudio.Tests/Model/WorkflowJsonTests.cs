using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowJsonTests
{
    private static readonly WorkflowDefinition Full = new()
    {
        Trigger = new()
        { Type = "webhook", Event = "form", Config = Json("""{"cors_allowed_origins":[]}"""), Constraints = Json("""{"==":[1,1.0]}""") },
        Nodes =
        [
            new()
            {
                Id = "a", Type = "set", Name = "Ä <b>", Config = Json("""{"z":1e2,"a":null,"t":"{{ x }}"}"""), OnError = OnError.Continue,
                Retry = new(3, TimeSpan.FromSeconds(1.5), true) { Jitter = true, Codes = ["timeout"] },
                Timeout = new TimeSpan(1, 2, 3, 4, 5), Disabled = true,
            },
            new() { Id = "b", Type = "set", Config = Json("{}") },
        ],
        Links = [new("trigger", null, "a"), new("a", "then", "b") { MaxRounds = 5 }],
        Settings = new()
        {
            TimeZone = "America/Chicago", Timeout = TimeSpan.FromDays(7), Concurrency = new(2, BeyondConcurrency.Replace),
            Exit = new(20, 7), ErrorWorkflow = "alarm", Variables = Json("""{"x":1}"""),
        },
        Extensions = Json("""{"voiceConfig":{"x":[true]}}"""),
    };

    [Fact]
    public void Write_OfEveryField_HasAFixedOrder() => Assert.Equal(
        """{"trigger":{"type":"webhook","event":"form","config":{"cors_allowed_origins":[]},"constraints":{"==":[1,1.0]}},"nodes":[{"id":"a","type":"set","name":"Ä <b>","config":{"z":1e2,"a":null,"t":"{{ x }}"},"on_error":"continue","retry":{"attempts":3,"delay":"PT1.5S","exponential":true,"jitter":true,"codes":["timeout"]},"timeout":"P1DT2H3M4.005S","disabled":true},{"id":"b","type":"set","config":{}}],"link_connections":[{"from":"trigger","to":"a"},{"from":"a","from_port":"then","to":"b","max_rounds":5}],"settings":{"timezone":"America/Chicago","timeout":"P7D","concurrency":{"max":2,"beyond":"replace"},"exit_conditions":{"max_messages":20,"timeout_days":7},"error_workflow":"alarm","variables":{"x":1}},"extensions":{"voiceConfig":{"x":[true]}}}""",
        Text(WorkflowJson.Write(Full)));

    [Fact]
    public void Write_OfAnEmptyWorkflow_LeavesEmptyThingsOut() =>
        Assert.Equal("""{"trigger":{"type":"manual"}}""", Text(WorkflowJson.Write(WorkflowDefinition.Empty)));

    [Fact]
    public void Read_OfWhatWasWritten_IsEqual()
    {
        var read = Read(Text(WorkflowJson.Write(Full)));

        Assert.True(WorkflowJson.AreEqual(Full, read));
        Assert.False(WorkflowJson.AreEqual(Full, read with { Extensions = default }));
        Assert.Equal(Full.Nodes.Select(n => n with { Config = default }), read.Nodes.Select(n => n with { Config = default }));
        Assert.Equal(Full.Links, read.Links);
        Assert.Equal(JsonValueKind.Object, read.Nodes[1].Config.ValueKind);
    }

    [Fact]
    public void Read_NullForAFieldThatMayBeAbsent_IsAbsent()
    {
        var node = Read("""{"trigger":{"type":"x","event":null},"nodes":[{"id":"a","type":"b","name":null,"config":null,"timeout":null}],"settings":null}""").Nodes[0];

        Assert.Equal(("", JsonValueKind.Undefined, null), (node.Name, node.Config.ValueKind, node.Timeout));
    }

    [Fact]
    public void Read_OfAnyDefinitionThatWasWritten_IsEqual()
    {
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s.Get)));
        var node = from id in text
                   from name in text
                   from config in Gen.Elements(default, Json("{}"), Json("""{"a":[1,{"b":"\u00e9"}]}"""))
                   from attempts in Gen.Choose(-5, 50)
                   from delay in ArbMap.Default.GeneratorFor<TimeSpan>()
                   from more in Gen.Elements(true, false)
                   select new WorkflowNode
                   {
                       Id = id, Type = name, Name = name, Config = config, OnError = more ? OnError.Continue : OnError.Fail,
                       Retry = more ? new(attempts, delay, attempts > 3) : null, Timeout = more ? delay : null, Disabled = attempts > 9,
                   };
        var link =
            from one in text
            from port in Gen.OneOf(text, Gen.Constant<string>(null!))
            from other in text
            select new LinkConnection(one, port, other);
        var definitions =
            from nodes in Gen.ListOf(node)
            from links in Gen.ListOf(link)
            select WorkflowDefinition.Empty with { Nodes = [.. nodes], Links = [.. links] };

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Arb.From(definitions), definition =>
        {
            var read = Read(Text(WorkflowJson.Write(definition)));
            return WorkflowJson.AreEqual(definition, read)
                && read.Links.SequenceEqual(definition.Links)
                && read.Nodes.Select(n => n with { Config = default })
                    .SequenceEqual(definition.Nodes.Select(n => n with { Config = default }));
        }));
    }

    [Fact]
    public void Read_UnknownFieldsAtTheTop_AreIgnored() =>
        Assert.Equal("manual", Read("""{"name":"N","status":"active","trigger":{"type":"manual"}}""").Trigger.Type);

    [Theory]
    [InlineData("{", "invalid_json  This is not JSON: line 1, character 2 cannot be read.")]
    [InlineData("[]", "wrong_field  The definition must be an object, but a list was found.")]
    [InlineData("""{"trigger":{"type":"manual","type":"webhook"}}""",
        "duplicate_key trigger.type The key trigger.type is given twice. Remove one of them.")]
    [InlineData("""{"trigger":{"type":"manual"},"nodes":[{"id":"a","type":"b","config":{"x":[{"k":1,"\u006b":2}]}}]}""",
        "duplicate_key nodes[0].config.x[0].k The key nodes[0].config.x[0].k is given twice. Remove one of them.")]
    [InlineData(
        """{"trigger":{"type":"\ud800x"}}""", "invalid_json trigger.type The text holds half of a surrogate pair (\\ud800 to \\udfff).")]
    [InlineData(
        """{"trigger":{"type":"x","\udc00":1}}""", "invalid_json trigger A key holds half of a surrogate pair (\\ud800 to \\udfff).")]
    [InlineData("{}", "missing_field trigger trigger is missing. It must be an object.")]
    [InlineData("""{"trigger":"webhook"}""", "wrong_field trigger trigger must be an object, but the text \"webhook\" was found.")]
    [InlineData("""{"trigger":{}}""", "missing_field trigger.type trigger.type is missing.")]
    [InlineData("""{"trigger":{"type":"m","evnt":1}}""",
        "unknown_field trigger.evnt There is no field trigger.evnt. Known: type, event, config, constraints. Did you mean event?")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":{}}""", "wrong_field nodes nodes must be a list, but an object was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[7]}""", "wrong_field nodes[0] nodes[0] must be an object, but 7 was found.")]
    [InlineData(
        """{"trigger":{"type":"m"},"nodes":[{"id":7,"type":"t"}]}""", "wrong_field nodes[0].id nodes[0].id must be text, but 7 was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","config":[]}]}""",
        "wrong_field nodes[0].config nodes[0].config must be an object, but a list was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","on_error":"explode"}]}""",
        "wrong_field nodes[0].on_error nodes[0].on_error must be fail, continue or error_port, but the text \"explode\" was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","disabled":"yes"}]}""",
        "wrong_field nodes[0].disabled nodes[0].disabled must be true or false, but the text \"yes\" was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","retry":{"attempts":1.5,"delay":"PT1S"}}]}""",
        "wrong_field nodes[0].retry.attempts nodes[0].retry.attempts must be a whole number, but 1.5 was found.")]
    [InlineData("""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","timeout":"P1M"}]}""",
        "wrong_field nodes[0].timeout nodes[0].timeout must be a duration such as PT30S, PT5M or P1D, but the text \"P1M\" was found.")]
    [InlineData("""{"trigger":{"type":"m"},"link_connections":[{"from":"a","port":"x"}]}""", "unknown_field link_connections[0].port There "
        + "is no field link_connections[0].port. Known: from, from_port, to, max_rounds.|missing_field link_connections[0].to "
        + "link_connections[0].to is missing.")]
    public void Read_OfWrongForm_SaysWhatAndWhere(string json, string expected)
    {
        Assert.False(WorkflowJson.TryRead(Encoding.UTF8.GetBytes(json), out WorkflowDefinition definition, out var problems));
        Assert.Same(WorkflowDefinition.Empty, definition);
        Assert.Equal(expected.Split('|'), problems.Select(p => $"{p.Code} {p.Path} {p.Message}"));
    }

    [Fact]
    public void Parse_BytesThatAreNotUtf8_AreRefused()
    {
        Assert.False(StrictJson.TryParse([(byte)'"', 0xff, (byte)'"'], out _, out var problem));
        Assert.Equal("The text is not UTF-8.", problem!.Message);
    }

    [Fact]
    public void Parse_SurrogatesInPairs_AreText()
    {
        Assert.True(StrictJson.TryParse("\"a\\\\\\ud83d\\ude00\\n\""u8, out var value, out _));
        Assert.Equal("a\\\U0001F600\n", value.GetString());
    }

    [Theory]
    [InlineData("PT0S", 0)]
    [InlineData("PT30S", 30)]
    [InlineData("PT0.25S", 0.25)]
    [InlineData("-P1DT1M", -86_460)]
    public void Read_OfADuration_IsItsTime(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds),
            Read($$"""{"trigger":{"type":"m"},"nodes":[{"id":"a","type":"t","timeout":"{{text}}"}]}""").Nodes[0].Timeout);

    private static WorkflowDefinition Read(string json)
    {
        Assert.True(WorkflowJson.TryRead(Encoding.UTF8.GetBytes(json), out WorkflowDefinition definition, out var problems),
            string.Join('\n', problems));
        return definition;
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
