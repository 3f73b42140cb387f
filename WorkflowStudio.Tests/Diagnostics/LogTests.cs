using System.Reflection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Tests.Diagnostics;

public sealed class LogTests
{
    [Fact]
    public void Messages_HaveNumbersOfTheirOwn() // whoever watches a log goes by them
    {
        var numbers = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>().ToList();
        Assert.True(numbers.Count > 20);
        Assert.Equal(numbers.Distinct().Order(), numbers.Order());
    }
}
