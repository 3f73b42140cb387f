using WorkflowStudio.Components.Editor.Inspector.Fields;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

public sealed class JsonReadingTests
{
    [Theory]
    [InlineData("""{"a":1}""", null)]
    [InlineData("[1]", "The data has to be an object, written { \"name\": value, … }.")]
    [InlineData("7", "The data has to be an object, written { \"name\": value, … }.")]
    [InlineData("{", "Line 1 cannot be read as JSON: look for a missing quote, comma or bracket at character 2.")]
    public void TryReadObject_OtherThanAnObject_SaysSo(string text, string? expected)
    {
        Assert.Equal(expected is null, JsonReading.TryReadObject(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }
}
